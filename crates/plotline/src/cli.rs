//! The command line. Settings are not here: they come from a file and the environment (docs/configuration.md).

use clap::{Args, Parser, Subcommand};

/// Self-hosted analytics: upload a table, let background jobs compute, read the answers.
///
/// Settings come from PLOTLINE_* environment variables and the file that PLOTLINE_SETTINGS_FILE names;
/// docs/configuration.md lists them all.
#[derive(Debug, Parser)]
#[command(name = "plotline", version, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Runs API and worker in one process; needs nothing else
    Serve,
    /// Runs the API alone, beside any number of workers; needs PostgreSQL
    Api,
    /// Runs a worker alone; needs PostgreSQL
    Worker,
    /// Computes for a worker; started by it, never by hand
    #[command(hide = true)]
    Compute,
    /// Brings the database's schema up to this version
    Migrate(MigrateOptions),
    /// Prints the API's description (OpenAPI 3.1, JSON)
    Openapi,
    /// Manages accounts
    #[command(subcommand)]
    User(UserCommand),
    /// Makes a demo data set and reads it in
    Demo,
}

#[derive(Args, Debug)]
pub struct MigrateOptions {
    /// Takes back the newest N migrations, and the data in their tables, instead
    #[arg(long, value_name = "N", conflicts_with = "status")]
    pub down: Option<usize>,
    /// Only tells how schema and program stand to each other; exit code 1 unless they fit
    #[arg(long)]
    pub status: bool,
}

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Makes an account; the password is read from standard input
    Create {
        #[arg(long)]
        email: String,
        #[arg(long)]
        username: String,
        /// admin, analyst or viewer
        #[arg(long, default_value = "analyst")]
        role: String,
        /// Says what happens anyway: the password is the first line of standard input, never an argument
        #[arg(long)]
        password_stdin: bool,
    },
    /// Lists the accounts
    List {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Changes what an account may do
    SetRole {
        /// E-mail address, user name or id
        account: String,
        /// admin, analyst or viewer
        role: String,
    },
    /// Sets a new password, read from standard input, and ends all sessions of the account
    SetPassword {
        /// E-mail address, user name or id
        account: String,
        /// Says what happens anyway: the password is the first line of standard input, never an argument
        #[arg(long)]
        password_stdin: bool,
    },
}
