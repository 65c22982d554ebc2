//! Formula rules: text becomes checked expressions, and these become a program.
//!
//! What may not enter: wasmtime, the store, HTTP, tenants, the disk.
