//! What the name of a column tells about whole numbers: codes and telephone numbers are no quantities.

/// What the numbers are, if the name and their length say that they are no quantities. `digits` is the longest number.
pub(crate) fn looks_like_code(name: &str, digits: usize) -> Option<&'static str> {
    let words = words(name);
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    let follows = |first: &str, second: &str| words.windows(2).any(|pair| pair[0] == first && pair[1] == second);
    let is_postal = has(&["zip", "zipcode", "postcode", "postalcode", "plz"])
        || follows("postal", "code")
        || follows("post", "code");
    if is_postal && (3..=9).contains(&digits) {
        return Some("postal codes");
    }
    if has(&["phone", "telephone", "phonenumber", "tel", "fax", "cellphone", "mobilephone"]) && digits >= 7 {
        return Some("telephone numbers");
    }
    None
}

/// The words of a name in lower case: `zipCode`, `zip_code` and `ZIP Code` are the same two.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut previous = ' ';
    for letter in name.chars() {
        if letter.is_alphanumeric() {
            if !previous.is_alphanumeric() || (letter.is_uppercase() && previous.is_lowercase()) {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(letter.to_lowercase());
            }
        }
        previous = letter;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_by_name_and_length() {
        for name in ["zip", "ZIP Code", "zipCode", "billing_postal_code", "PLZ"] {
            assert_eq!(looks_like_code(name, 5), Some("postal codes"), "{name}");
        }
        assert_eq!(looks_like_code("Phone", 10), Some("telephone numbers"));
        for (name, digits) in [("zipped", 5), ("phone", 2), ("zip", 12), ("price", 5), ("telemetry", 8)] {
            assert_eq!(looks_like_code(name, digits), None, "{name}");
        }
    }
}
