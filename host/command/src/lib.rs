//! The command line of `stele`, without the server: one file or folder a command.
//!
//! A command asks a server over HTTP, as any client would, or works on this machine with the
//! runtime: on a data folder that no server has open, or on nothing but files. It shows a table to
//! people and JSON to programs. What may not enter here: anything of the server, and any rule of the
//! domain.
//!
//! | where | what |
//! |---|---|
//! | `command` | all commands by their names; start reading here |
//! | `client`, `place`, `download` | where a command works: at a server, or on a data folder |
//! | `output`, `tables`, `failure` | what is shown, and how a command ends |
//! | `ruleset` | make, test, run, package, sign, compare and publish rulesets |
//! | `tenant`, `token`, `policy` | who may do something, and who must agree |
//! | `organization` | whom which slots are for |
//! | `document` | what is written from a JSON file |
//! | `employee` | who works for a tenant: shown, imported, exported |
//! | `proposal`, `activate`, `impact` | how a version gets in force, and what it would change |
//! | `calculate`, `facts`, `result`, `replay`, `slip` | payslips: made, shown, run again, proven |
//! | `audit`, `backup`, `restore` | logs and what is stored, as files |

mod activate;
mod audit;
mod backup;
mod calculate;
mod client;
pub mod command;
mod document;
mod download;
mod employee;
mod facts;
pub mod failure;
mod impact;
mod impact_report;
mod organization;
pub mod output;
pub mod place;
mod policy;
mod proposal;
mod replay;
mod restore;
mod result;
mod ruleset;
mod slip;
mod tables;
mod tenant;
mod token;
