//! The one test binary. What each module holds the code to stands at its head.

mod architecture;
mod azapi;
mod cli;
mod configuration;
mod configurations;
mod data_sources;
mod facts;
mod fixtures;
mod formats;
mod generated;
mod hostile;
mod installed;
mod known_modules;
mod names;
mod oracle;
mod overrides;
mod pages;
mod recorded;
mod rules;
mod secrets;
mod stdin;
mod support;
mod terraform_files;
mod terraform_json;
mod unknown;
mod variants;
