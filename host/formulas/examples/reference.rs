//! Prints the reference of all functions: `docs/formula-functions.md`.

fn main() {
    print!("{}", stele_formulas::functions::reference::reference());
}
