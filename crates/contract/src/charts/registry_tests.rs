//! The registry of kinds: every kind once, under its word, with an example that works.

use super::check_tests::errors;
use super::{Accepts, Channel, ChartName, KINDS, kind};
use crate::columns::ColumnType;

#[test]
fn the_list_holds_every_kind_once_under_the_word_of_the_documentation() {
    let words: Vec<String> =
        KINDS.iter().map(|kind| serde_json::to_value(kind.name).unwrap().as_str().unwrap().to_owned()).collect();
    let documented = [
        "line",
        "bar",
        "scatter",
        "histogram",
        "area",
        "box",
        "violin",
        "heatmap",
        "pie",
        "table",
        "pivot",
        "number",
        "funnel",
        "waterfall",
        "density",
        "treemap",
        "choropleth",
        "point_map",
        "scatter_3d",
        "surface",
    ];
    assert_eq!(words, documented);
    for name in documented {
        let name: ChartName = serde_json::from_value(name.into()).unwrap();
        assert_eq!(kind(name).name, name);
    }
}

#[test]
fn every_kind_has_an_example_that_its_own_checks_take() {
    for kind in KINDS {
        let word = serde_json::to_value(kind.name).unwrap();
        assert_eq!(errors(word.as_str().unwrap(), (kind.example)()), [""; 0], "{word}");
    }
}

#[test]
fn every_kind_says_what_it_is() {
    for kind in KINDS {
        assert!(kind.noun.starts_with("a ") || kind.noun.starts_with("an "), "{}", kind.noun);
        assert!(
            kind.summary.ends_with('.') && kind.slots.iter().all(|slot| slot.help.ends_with('.')),
            "{}",
            kind.title
        );
        let channels: Vec<Channel> = kind.slots.iter().map(|slot| slot.channel).collect();
        assert!((1..channels.len()).all(|at| !channels[..at].contains(&channels[at])), "{}", kind.title);
    }
    assert!(Accepts::Numbers.takes(ColumnType::Decimal) && !Accepts::Numbers.takes(ColumnType::Boolean));
}
