//! What is wrong with the settings: every wrong key with what was found and what is allowed.

use std::fmt;

/// Every wrong setting. Its text is meant for the person who starts the server.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct SettingsError {
    pub wrong: Vec<WrongSetting>,
}

/// One wrong setting. `name` is the environment variable, or the key of the settings file it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongSetting {
    pub name: String,
    pub problem: String,
    pub allowed: String,
}

impl WrongSetting {
    pub(crate) fn new(name: impl Into<String>, problem: impl Into<String>, allowed: impl Into<String>) -> Self {
        Self { name: name.into(), problem: problem.into(), allowed: allowed.into() }
    }
}

impl SettingsError {
    /// One wrong setting alone.
    pub fn one(name: impl Into<String>, problem: impl Into<String>, allowed: impl Into<String>) -> Self {
        Self { wrong: vec![WrongSetting::new(name, problem, allowed)] }
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.wrong.len() {
            1 => f.write_str("1 setting is wrong:")?,
            n => write!(f, "{n} settings are wrong:")?,
        }
        for WrongSetting { name, problem, allowed } in &self.wrong {
            write!(f, "\n  {name}: {problem} Allowed: {allowed}.")?;
        }
        Ok(())
    }
}
