//! Puts the layers of settings on top of each other and refuses names that do not exist.

use std::collections::BTreeMap;

use toml::{Table, Value};

use crate::error::WrongSetting;
use crate::{DEFAULTS, FILE_VARIABLE};

/// Settings with short names of their own, as other programs know them.
const SHORT_NAMES: [(&str, &str); 7] = [
    ("database_url", "DATABASE_URL"),
    ("redis_url", "REDIS_URL"),
    ("redis_ca_file", "REDIS_CA_FILE"),
    ("redis_cert_file", "REDIS_CERT_FILE"),
    ("redis_key_file", "REDIS_KEY_FILE"),
    ("storage_url", "STORAGE_URL"),
    ("clamav_addr", "CLAMAV_ADDR"),
];

/// A value, and the name under which the operator gave it.
#[derive(Clone, Debug)]
pub struct Given {
    pub value: Value,
    pub name: String,
}

/// Values by dotted key (`http.addr`); complete, since the default file holds every key.
pub type Layers = BTreeMap<String, Given>;

/// The environment variable of a dotted key.
pub fn variable(key: &str) -> String {
    let short = SHORT_NAMES.iter().find(|(known, _)| *known == key);
    short.map_or_else(|| format!("PLOTLINE_{}", key.replace('.', "_").to_uppercase()), |(_, name)| (*name).to_owned())
}

/// Defaults, then the file, then the environment. Unknown names and unreadable files go to `wrong`.
pub fn merge(file: Option<&str>, env: &BTreeMap<String, String>, wrong: &mut Vec<WrongSetting>) -> Layers {
    let mut layers = BTreeMap::new();
    for (key, value) in flatten(parse(DEFAULTS, wrong)) {
        layers.insert(key.clone(), Given { value, name: key });
    }
    for (key, value) in flatten(file.map(|text| parse(text, wrong)).unwrap_or_default()) {
        if layers.contains_key(&key) {
            layers.insert(key.clone(), Given { value, name: key });
            continue;
        }
        wrong.push(unknown(&key, layers.keys().cloned().collect(), "a key of settings.default.toml"));
    }
    let names: BTreeMap<String, String> = layers.keys().map(|key| (variable(key), key.clone())).collect();
    for (name, text) in env {
        match names.get(name) {
            Some(_) if text.is_empty() => {}
            Some(key) => {
                layers.insert(key.clone(), Given { value: Value::String(text.clone()), name: name.clone() });
            }
            None if name.starts_with("PLOTLINE_") && name != FILE_VARIABLE => {
                wrong.push(unknown(name, names.keys().cloned().collect(), "a variable named in settings.default.toml"));
            }
            None => {}
        }
    }
    layers
}

fn parse(text: &str, wrong: &mut Vec<WrongSetting>) -> Table {
    text.parse::<Table>().unwrap_or_else(|error| {
        let problem = format!("the settings file is not valid TOML: {}.", error.to_string().trim_end());
        wrong.push(WrongSetting::new(FILE_VARIABLE, problem, "the form of settings.default.toml"));
        Table::new()
    })
}

/// `{http: {addr: …}}` as `http.addr: …`.
fn flatten(table: Table) -> Vec<(String, Value)> {
    let mut flat = Vec::new();
    for (key, value) in table {
        match value {
            Value::Table(section) => {
                flat.extend(section.into_iter().map(|(inner, value)| (format!("{key}.{inner}"), value)));
            }
            other => flat.push((key, other)),
        }
    }
    flat
}

fn unknown(name: &str, known: Vec<String>, allowed: &str) -> WrongSetting {
    let near = known.iter().map(|candidate| (edit_distance(name, candidate), candidate)).min();
    let hint = near.filter(|(distance, _)| *distance <= 2 + name.len() / 4);
    let problem = match hint {
        Some((_, candidate)) => format!("there is no such setting; did you mean {candidate}?"),
        None => "there is no such setting.".to_owned(),
    };
    WrongSetting::new(name, problem, allowed)
}

/// Levenshtein distance in bytes: names are ASCII.
fn edit_distance(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in right.bytes().enumerate() {
            let replaced = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}
