//! The command line: which command was meant, and how the program ends.

pub mod usage;

pub fn main() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
