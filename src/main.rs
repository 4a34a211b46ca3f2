//! The `aksnet` program.

fn main() {}
