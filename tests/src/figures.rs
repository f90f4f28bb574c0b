//! Reads one figure out of what `/metrics` answers.

/// The value of the first line with this name and all these labels (`how="joined"`); 0 while nothing was counted.
pub fn figure(text: &str, name: &str, labels: &[&str]) -> f64 {
    let is_it = |line: &&str| {
        let rest = line.strip_prefix(name).unwrap_or_default();
        rest.starts_with(['{', ' ']) && labels.iter().all(|label| rest.contains(label))
    };
    let value = text.lines().find(is_it).and_then(|line| line.rsplit(' ').next()?.parse().ok());
    value.unwrap_or_default()
}
