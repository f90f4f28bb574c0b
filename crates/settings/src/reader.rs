//! Reads one value at a time from the merged layers; what cannot be read is put on the list of wrong settings.

use std::net::SocketAddr;

use toml::Value;

use crate::error::WrongSetting;
use crate::layers::Layers;

pub struct Reader<'a> {
    pub layers: &'a Layers,
    pub wrong: &'a mut Vec<WrongSetting>,
}

impl Reader<'_> {
    pub fn refuse(&mut self, key: &str, problem: &str, allowed: &str) {
        let name = self.layers.get(key).map_or(key, |given| given.name.as_str());
        self.wrong.push(WrongSetting::new(name, problem, allowed));
    }

    pub fn is_given(&self, key: &str) -> bool {
        self.layers.get(key).and_then(|given| given.value.as_str()).is_some_and(|text| !text.is_empty())
    }

    fn value(&self, key: &str) -> Option<Value> {
        self.layers.get(key).map(|given| given.value.clone())
    }

    /// A text that must not be empty.
    pub fn required(&mut self, key: &str, allowed: &str) -> Option<String> {
        match self.value(key) {
            Some(Value::String(text)) if !text.is_empty() => Some(text),
            Some(Value::String(_)) | None => self.refused(key, "it is empty.", allowed),
            Some(_) => self.refused(key, "this is not a text in quotes.", allowed),
        }
    }

    /// A text that may be empty, which means that nothing was chosen.
    pub fn optional(&mut self, key: &str, allowed: &str, check: impl Fn(&str) -> Result<(), String>) -> Option<String> {
        match self.value(key) {
            Some(Value::String(text)) if text.is_empty() => None,
            Some(Value::String(text)) => match check(&text) {
                Ok(()) => Some(text),
                Err(problem) => self.refused(key, &problem, allowed),
            },
            _ => self.refused(key, "this is not a text in quotes.", allowed),
        }
    }

    fn refused<T>(&mut self, key: &str, problem: &str, allowed: &str) -> Option<T> {
        self.refuse(key, problem, allowed);
        None
    }

    pub fn number(&mut self, key: &str, least: u64, most: u64) -> Option<u64> {
        let value = self.value(key)?;
        let number = match &value {
            Value::Integer(number) => u64::try_from(*number).ok(),
            Value::String(text) => text.trim().replace('_', "").parse().ok(),
            _ => None,
        };
        let allowed = format!("a whole number from {least} to {most}");
        match number {
            Some(number) if (least..=most).contains(&number) => Some(number),
            Some(number) => self.refused(key, &format!("{number} is out of range."), &allowed),
            None => self.refused(key, &format!("{} is not a whole number.", shown(&value)), &allowed),
        }
    }

    pub fn address(&mut self, key: &str) -> Option<SocketAddr> {
        let allowed = "an IP address and a port, such as 127.0.0.1:8080 or [::1]:8080";
        let text = self.required(key, allowed)?;
        match text.parse() {
            Ok(address) => Some(address),
            Err(_) => self.refused(key, &format!("\"{text}\" is not an address."), allowed),
        }
    }

    pub fn choice<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Option<T> {
        let allowed = choices.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        let text = self.required(key, &allowed)?;
        match choices.iter().find(|(name, _)| *name == text) {
            Some((_, choice)) => Some(*choice),
            None => self.refused(key, &format!("\"{text}\" is not one of them."), &allowed),
        }
    }

    /// A list in the file, or texts separated by commas in the environment.
    pub fn list(
        &mut self,
        key: &str,
        allowed: &str,
        check: impl Fn(&str) -> Result<(), String>,
    ) -> Option<Vec<String>> {
        let parts: Option<Vec<String>> = match self.value(key)? {
            Value::String(text) => Some(text.split(',').map(|part| part.trim().to_owned()).collect()),
            Value::Array(items) => items.iter().map(|item| item.as_str().map(str::to_owned)).collect(),
            _ => None,
        };
        let Some(mut parts) = parts else { return self.refused(key, "this is not a list of texts.", allowed) };
        parts.retain(|part| !part.is_empty());
        let problems: Vec<String> = parts.iter().filter_map(|part| check(part).err()).collect();
        if problems.is_empty() {
            return Some(parts);
        }
        self.refused(key, &problems.join(" "), allowed)
    }
}

/// A value as the operator wrote it.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("\"{text}\""),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(truth) => truth.to_string(),
        _ => "this".to_owned(),
    }
}
