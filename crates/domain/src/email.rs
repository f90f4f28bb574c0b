//! Which e-mail addresses an account may have. Policy beyond RFC 5321: plain ASCII addresses of the form
//! `local@domain`; no quoted local parts, comments, display names or IP literals, which nobody's mailbox needs.

use email_address::{EmailAddress, Options};

/// The longest address that mail can be sent to (RFC 3696, erratum 1690).
const MAX_BYTES: usize = 254;

/// What is wrong with the address, as a sentence for the person who typed it.
pub fn email_check(address: &str) -> Result<(), String> {
    if address.is_empty() {
        return Err("Give an e-mail address.".to_owned());
    }
    if address.len() > MAX_BYTES {
        return Err(format!("This e-mail address has {} characters; at most {MAX_BYTES} work.", address.len()));
    }
    let Some((local, domain)) = address.rsplit_once('@') else {
        return Err("An e-mail address holds an @, as in name@example.org.".to_owned());
    };
    if let Some(wrong) = local.chars().find(|c| !is_local(*c)) {
        return Err(format!("The character {wrong:?} cannot stand before the @ of an e-mail address here."));
    }
    if let Some(wrong) = domain.chars().find(|c| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))) {
        return Err(format!("The character {wrong:?} cannot stand after the @ of an e-mail address here."));
    }
    if domain.split('.').any(|label| label.starts_with('-') || label.ends_with('-')) {
        return Err("A part of the e-mail address's domain begins or ends with a hyphen.".to_owned());
    }
    let options = Options::default().without_domain_literal().without_display_text();
    match EmailAddress::parse_with_options(address, options) {
        Ok(_) => Ok(()),
        Err(error) => {
            let reason = error.to_string();
            Err(format!("This is not an e-mail address: {}.", lower_first(reason.trim_end_matches('.'))))
        }
    }
}

/// `atext` of RFC 5322 and the dot.
fn is_local(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c)
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
