//! The plotline program: its command line and the wiring between the rooms.

mod accounts;
mod cli;
mod data_dir;
mod demo;
mod demo_data;
mod greeting;
mod migrate;
mod open;
mod output;
mod serve;
mod stop;
mod users;

use std::process::ExitCode;

use clap::Parser;
use settings::Settings;

use cli::{Cli, Command};

fn main() -> ExitCode {
    match Cli::parse().command {
        // A child has no settings: its parent gives it neither environment nor secrets.
        Command::Compute => compute::child_main(),
        Command::Openapi => end(output::print(&api::openapi_json())),
        command => end(run(command)),
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    let mut settings = Settings::load()?;
    // Children work in another folder, and so might this process one day.
    settings.data_dir = std::path::absolute(&settings.data_dir)?;
    open::check_kinds(&settings)?;
    settings::telemetry::start(&settings.log, settings.environment);
    match command {
        Command::Serve(options) => {
            options.apply(&mut settings.worker);
            serve::serve(settings)
        }
        Command::Api => serve::api_only(settings),
        Command::Worker(options) => {
            options.apply(&mut settings.worker);
            serve::worker_only(settings)
        }
        Command::Migrate(options) => migrate::migrate(&settings, &options),
        Command::User(command) => users::user(&settings, command),
        Command::Demo => demo::demo(&settings),
        Command::Compute | Command::Openapi => Ok(()),
    }
}

fn end(result: anyhow::Result<()>) -> ExitCode {
    let Err(error) = result else { return ExitCode::SUCCESS };
    eprintln!("plotline: {error:#}");
    if error.is::<settings::SettingsError>() { ExitCode::from(2) } else { ExitCode::FAILURE }
}
