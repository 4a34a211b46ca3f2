//! The `aksnet` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    aksnet::cli::main()
}
