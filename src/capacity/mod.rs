//! Arithmetic of what a cluster needs and what there is. No text, no judgement.

pub mod ports;
