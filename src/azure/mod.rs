//! Facts about Azure, each with its source and the day it was read. No logic beyond what a fact says.

pub mod defaults;
pub mod limits;
pub mod matrix;
pub mod migrations;
pub mod models;
pub mod names;
pub mod outbound;
pub mod ranges;
pub mod retirements;
pub mod versions;
