//! Reading request bodies: every JSON body becomes its type here, and where an object is asked for only an object will do.
//!
//! serde reads a struct from an array of its fields too, in their order; the API does not document that and refuses it.

use serde::de::value::{MapAccessDeserializer, MapDeserializer, SeqDeserializer, StringDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Map, Value};

use crate::errors::{FieldError, json_pointer};

/// Reads a body; an error names the field by its JSON pointer.
pub fn read_body<T: DeserializeOwned>(body: Value) -> Result<T, FieldError> {
    serde_path_to_error::deserialize(Strict(body)).map_err(|error| {
        let pointer = json_pointer(error.path());
        FieldError::new(pointer, sentence(&error.into_inner().to_string()))
    })
}

/// The library's words as a sentence.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}

/// A value that gives a struct from an object alone.
struct Strict(Value);

impl Strict {
    /// 5.0 is an integer in JSON Schema, so it is one here where an integer is asked for.
    fn whole(self) -> Self {
        let number = self.0.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < 9e15);
        match number {
            Some(number) if self.0.is_f64() => Self(Value::from(number as i64)),
            _ => self,
        }
    }
}

impl<'de> IntoDeserializer<'de, Error> for Strict {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

fn entries<'de>(fields: Map<String, Value>) -> MapDeserializer<'de, impl Iterator<Item = (String, Strict)>, Error> {
    MapDeserializer::new(fields.into_iter().map(|(name, value)| (name, Strict(value))))
}

impl<'de> Deserializer<'de> for Strict {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(items) => {
                let mut items = SeqDeserializer::new(items.into_iter().map(Strict));
                let found = visitor.visit_seq(&mut items)?;
                items.end().map(|()| found)
            }
            Value::Object(fields) => {
                let mut fields = entries(fields);
                let found = visitor.visit_map(&mut fields)?;
                fields.end().map(|()| found)
            }
            plain => plain.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Value::Object(_) => self.deserialize_any(visitor),
            Value::Array(_) => Err(Error::invalid_type(Unexpected::Seq, &"an object")),
            plain => plain.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Value::String(name) => visitor.visit_enum(StringDeserializer::<Error>::new(name)),
            Value::Object(fields) if fields.len() == 1 => {
                visitor.visit_enum(MapAccessDeserializer::new(entries(fields)))
            }
            _ => Err(Error::custom("expected the name of a choice, or an object with one choice as its only field")),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.whole().deserialize_any(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.whole().deserialize_any(visitor)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.whole().deserialize_any(visitor)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.whole().deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i128 u8 u16 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Choice {
        Nothing,
        Width(f64),
        Names(Vec<String>),
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Body {
        name: String,
        #[serde(default)]
        inner: Option<Box<Body>>,
        #[serde(default)]
        many: Vec<Body>,
        #[serde(default)]
        choice: Option<Choice>,
        #[serde(default)]
        number: Option<f64>,
        #[serde(default)]
        count: Option<u32>,
    }

    fn refused(body: Value) -> FieldError {
        read_body::<Body>(body).unwrap_err()
    }

    #[test]
    fn everything_that_fits_is_read() {
        let body = json!({
            "name": "a", "inner": { "name": "b", "inner": null }, "many": [{ "name": "c", "choice": "nothing" }],
            "choice": { "width": 2 }, "number": 3,
        });
        let read: Body = read_body(body).unwrap();
        assert_eq!((read.number, read.choice), (Some(3.0), Some(Choice::Width(2.0))));
        assert_eq!((read.inner.unwrap().name, read.many[0].choice.as_ref()), ("b".to_owned(), Some(&Choice::Nothing)));
        let named: Body = read_body(json!({ "name": "a", "choice": { "names": ["x"] } })).unwrap();
        assert_eq!(named.choice, Some(Choice::Names(vec!["x".to_owned()])));
        let counted = |count: Value| read_body::<Body>(json!({ "name": "a", "count": count })).map(|body| body.count);
        assert_eq!((counted(json!(5.0)), counted(json!(7))), (Ok(Some(5)), Ok(Some(7))));
        assert!(counted(json!(5.5)).is_err() && counted(json!(-1.0)).is_err() && counted(json!(1e15)).is_err());
        assert_eq!(read_body::<Value>(json!([1, { "a": null }])).unwrap(), json!([1, { "a": null }]));
    }

    #[test]
    fn an_array_is_no_object_at_any_depth() {
        for (body, pointer) in [
            (json!(["a"]), ""),
            (json!({ "name": "a", "inner": ["b"] }), "/inner"),
            (json!({ "name": "a", "many": [{ "name": "b" }, ["c"]] }), "/many/1"),
        ] {
            let error = refused(body);
            assert_eq!(error.pointer, pointer);
            assert_eq!(error.detail, "Invalid type: sequence, expected an object.");
        }
    }

    #[test]
    fn wrong_values_are_named_by_their_pointers() {
        assert_eq!(refused(json!({ "name": "a", "many": [{ "name": 1 }] })).pointer, "/many/0/name");
        assert_eq!(refused(json!({ "name": "a", "other": 1 })).pointer, "/other");
        assert_eq!(refused(json!("a")).pointer, "");
        assert!(refused(json!({ "name": "a", "choice": { "width": 1, "nothing": 2 } })).detail.contains("one choice"));
        assert_eq!(refused(json!({ "name": "a", "choice": "unknown" })).pointer, "/choice");
    }
}
