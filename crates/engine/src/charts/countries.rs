//! Countries by their ISO 3166-1 codes and English names, as people write them.

use std::sync::LazyLock;

use contract::columns::{Scalar, nearest_name};
use polars::prelude::PlHashMap;

const LIST: &str = include_str!("countries.csv");

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Country {
    /// ISO 3166-1 alpha-3.
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    /// Whether the map has it; at its scale small islands and states are left out.
    pub(super) is_on_map: bool,
}

/// The country that a cell names: by alpha-2, alpha-3 or numeric code or by name, without regard to case, accents,
/// "the" and punctuation.
pub(super) fn find(cell: &Scalar) -> Option<&'static Country> {
    let wanted = match cell {
        Scalar::String(text) => folded(text),
        Scalar::Number(number) => number.as_u64()?.to_string(),
        _ => return None,
    };
    // Numeric codes have lost their zeros where they were read as numbers.
    let padded = if wanted.len() < 3 && wanted.bytes().all(|letter| letter.is_ascii_digit()) && !wanted.is_empty() {
        format!("{wanted:0>3}")
    } else {
        wanted
    };
    WORLD.by_name.get(&padded).map(|at| &WORLD.countries[*at])
}

/// The name that is nearest to one that no country has, of those with the same first letter.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    let wanted = folded(name);
    let first = wanted.chars().next()?;
    let names = WORLD.folded_names.iter().map(String::as_str).filter(|name| name.starts_with(first));
    let near = nearest_name(&wanted, names)?;
    WORLD.by_name.get(near).map(|at| WORLD.countries[*at].name)
}

struct World {
    countries: Vec<Country>,
    by_name: PlHashMap<String, usize>,
    /// Names without codes, in the order of the list.
    folded_names: Vec<String>,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let mut world = World { countries: Vec::new(), by_name: PlHashMap::default(), folded_names: Vec::new() };
    for line in LIST.lines().skip(2) {
        let mut fields = line.split(';');
        let mut next = || fields.next().unwrap_or_default();
        let (alpha_2, alpha_3, numeric, on_map, name, others) = (next(), next(), next(), next(), next(), next());
        let at = world.countries.len();
        world.countries.push(Country { code: alpha_3, name, is_on_map: on_map == "1" });
        for code in [alpha_2, alpha_3, numeric] {
            world.by_name.entry(code.to_lowercase()).or_insert(at);
        }
        for name in std::iter::once(name).chain(others.split('|')).filter(|name| !name.is_empty()) {
            let name = folded(name);
            world.by_name.entry(name.clone()).or_insert(at);
            world.folded_names.push(name);
        }
    }
    world
});

/// Lower case, without accents, punctuation and "the", "saint" for "st".
fn folded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'à'..='å' | 'ā' | 'ă' | 'ą' => plain.push('a'),
            'ç' | 'ć' | 'č' => plain.push('c'),
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => plain.push('e'),
            'ì'..='ï' | 'ī' | 'ı' => plain.push('i'),
            'ñ' | 'ń' => plain.push('n'),
            'ò'..='ö' | 'ø' | 'ō' => plain.push('o'),
            'ù'..='ü' | 'ū' | 'ů' => plain.push('u'),
            'ý' | 'ÿ' => plain.push('y'),
            'ş' | 'š' => plain.push('s'),
            'ž' | 'ż' => plain.push('z'),
            'ğ' => plain.push('g'),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'ß' => plain.push_str("ss"),
            '&' => plain.push_str(" and "),
            // Combining accents, full stops and apostrophes stand within words.
            '\u{300}'..='\u{36f}' | '.' | '\'' | '’' | '`' => {}
            letter if letter.is_alphanumeric() => plain.push(letter),
            _ => plain.push(' '),
        }
    }
    let mut words: Vec<&str> = plain.split_whitespace().filter(|word| *word != "the").collect();
    // "ST" alone is the code of São Tomé.
    if words.len() > 1 {
        words.iter_mut().filter(|word| **word == "st").for_each(|word| *word = "saint");
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<&'static str> {
        find(&Scalar::from(text)).map(|country| country.code)
    }

    #[test]
    fn codes_and_names_as_people_write_them() {
        for (text, expected) in [
            ("DE", "DEU"),
            ("deu", "DEU"),
            ("276", "DEU"),
            ("Germany", "DEU"),
            ("  gERMANY ", "DEU"),
            ("USA", "USA"),
            ("U.S.A.", "USA"),
            ("The United States of America", "USA"),
            ("UK", "GBR"),
            ("Great Britain", "GBR"),
            ("South Korea", "KOR"),
            ("Korea, Rep.", "KOR"),
            ("Czech Republic", "CZE"),
            ("Ivory Coast", "CIV"),
            ("Côte d’Ivoire", "CIV"),
            ("Cote d'Ivoire", "CIV"),
            ("TÜRKIYE", "TUR"),
            ("Tu\u{308}rkiye", "TUR"),
            ("Viet Nam", "VNM"),
            ("Bosnia & Herzegovina", "BIH"),
            ("St. Lucia", "LCA"),
            ("Gambia, The", "GMB"),
            ("Congo", "COG"),
            ("DR Congo", "COD"),
            ("Kosovo", "XKX"),
            ("004", "AFG"),
            ("4", "AFG"),
        ] {
            assert_eq!(code(text), Some(expected), "{text}");
        }
        assert_eq!(find(&Scalar::from(40)).map(|country| country.name), Some("Austria"));
        for nowhere in ["", " ", "-", "Atlantis", "ZZ", "Germani", "0"] {
            assert_eq!(code(nowhere), None, "{nowhere}");
        }
        for cell in [Scalar::Null, Scalar::from(true), Scalar::from(-4), Scalar::from(4.5)] {
            assert_eq!(find(&cell), None, "{cell}");
        }
    }

    #[test]
    fn a_name_that_is_nearly_right_is_found_again() {
        assert_eq!(nearest("Germani"), Some("Germany"));
        assert_eq!(nearest("untied states"), Some("United States"));
        assert_eq!(nearest("Xyzzy & Co"), None);
        assert_eq!(nearest(""), None);
    }

    #[test]
    fn every_name_belongs_to_one_country() {
        for line in LIST.lines().skip(2) {
            let fields: Vec<&str> = line.split(';').collect();
            let [alpha_2, alpha_3, numeric, _, name, others] = fields[..] else { panic!("{line}") };
            for known in
                [alpha_2, alpha_3, numeric, name].into_iter().chain(others.split('|').filter(|n| !n.is_empty()))
            {
                assert_eq!(code(known), Some(alpha_3), "{known}");
            }
        }
        assert_eq!(WORLD.countries.len(), 250);
        assert_eq!(WORLD.countries.iter().filter(|country| country.is_on_map).count(), 189);
        assert!(!find(&Scalar::from("Malta")).unwrap().is_on_map);
    }
}
