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
    Serve(WorkerOptions),
    /// Runs the API alone, beside any number of workers; needs PostgreSQL
    Api,
    /// Runs a worker alone; needs PostgreSQL
    Worker(WorkerOptions),
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

/// What is given here goes before the settings.
#[derive(Args, Debug)]
pub struct WorkerOptions {
    /// Jobs that run at once in each lane
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    slots: Option<u16>,
    /// The lanes to serve, separated by commas
    #[arg(long, value_name = "LANES", value_delimiter = ',', value_parser = ["interactive", "batch"])]
    lanes: Vec<String>,
    /// Memory that all running jobs may use together, such as 4GiB
    #[arg(long, value_name = "SIZE", value_parser = memory)]
    memory_budget: Option<u64>,
}

impl WorkerOptions {
    pub fn apply(self, worker: &mut settings::Worker) {
        worker.slots = self.slots.map_or(worker.slots, usize::from);
        if !self.lanes.is_empty() {
            worker.lanes = self.lanes;
            worker.lanes.sort();
            worker.lanes.dedup();
        }
        worker.memory_budget_bytes = self.memory_budget.unwrap_or(worker.memory_budget_bytes);
    }
}

/// A size in bytes, or with one of the units KiB, MiB, GiB and TiB.
fn memory(text: &str) -> Result<u64, String> {
    const UNITS: [(&str, u32); 4] = [("KiB", 10), ("MiB", 20), ("GiB", 30), ("TiB", 40)];
    let unit = UNITS.iter().find_map(|(name, shift)| Some((text.strip_suffix(name)?, *shift)));
    let (digits, shift) = unit.unwrap_or((text, 0));
    let number: Option<u64> = digits.trim().parse().ok();
    let bytes = number.and_then(|number| number.checked_mul(1 << shift));
    match bytes {
        Some(bytes) if (256 << 20..=1 << 50).contains(&bytes) => Ok(bytes),
        Some(_) => Err("the least is 256MiB, the most 1024TiB".to_owned()),
        None => Err("give bytes, or a number with KiB, MiB, GiB or TiB, such as 4GiB".to_owned()),
    }
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
    /// Shuts an account out and ends its sessions
    Disable {
        /// E-mail address, user name or id
        account: String,
        /// Why; other administrators see it
        #[arg(long)]
        reason: Option<String>,
    },
    /// Lets an account that was shut out in again
    Enable {
        /// E-mail address, user name or id
        account: String,
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
