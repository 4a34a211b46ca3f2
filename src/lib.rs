//! aksnet, the linter for Azure Kubernetes Service networking.

pub mod azure;
pub mod capacity;
pub mod cidr;
pub mod cli;
pub mod config;
pub mod discover;
pub mod engine;
pub mod eval;
pub mod expr;
pub mod finding;
pub mod model;
pub mod pipeline;
pub mod project;
pub mod recorded;
pub mod resource;
pub mod rules;
pub mod schema;
pub mod source;
pub mod syntax;
pub mod truth;
pub mod value;
pub mod view;
pub mod what_if;
