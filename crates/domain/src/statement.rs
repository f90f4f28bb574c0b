//! One SQL text with `?` for each value, for what the query builder cannot say. Unlike `diesel::sql_query` it takes part
//! in the cache of prepared statements, so a hot statement is planned once per connection. Words in braces, such as
//! `{now}`, are the dialect's and are filled in by [`crate::dialect::statement`].

use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::Error::QueryBuilderError;
use diesel::sql_types::{BigInt, Double, Integer, Nullable, Text, Timestamp, Untyped};
use diesel::{QueryResult, RunQueryDsl};

use crate::dialect::{AnyConnection, MultiBackend};

/// A statement and its values, in the order of the question marks.
pub struct Statement<'a> {
    sql: String,
    values: Vec<Value<'a>>,
}

enum Value<'a> {
    Text(&'a str),
    OptionalText(Option<&'a str>),
    Integer(i32),
    BigInt(i64),
    Double(f64),
    Time(chrono::NaiveDateTime),
}

impl<'a> Statement<'a> {
    pub fn new(sql: String) -> Self {
        Self { sql, values: Vec::new() }
    }

    pub fn text(mut self, value: &'a str) -> Self {
        self.values.push(Value::Text(value));
        self
    }

    pub fn optional_text(mut self, value: Option<&'a str>) -> Self {
        self.values.push(Value::OptionalText(value));
        self
    }

    pub fn integer(mut self, value: i32) -> Self {
        self.values.push(Value::Integer(value));
        self
    }

    pub fn big(mut self, value: i64) -> Self {
        self.values.push(Value::BigInt(value));
        self
    }

    pub fn double(mut self, value: f64) -> Self {
        self.values.push(Value::Double(value));
        self
    }

    pub fn time(mut self, value: chrono::NaiveDateTime) -> Self {
        self.values.push(Value::Time(value));
        self
    }
}

impl QueryFragment<MultiBackend> for Statement<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        let mut parts = self.sql.split('?');
        out.push_sql(parts.next().unwrap_or_default());
        let mut values = self.values.iter();
        for part in parts {
            match values.next() {
                Some(Value::Text(value)) => out.push_bind_param::<Text, str>(value)?,
                Some(Value::OptionalText(value)) => out.push_bind_param::<Nullable<Text>, _>(value)?,
                Some(Value::Integer(value)) => out.push_bind_param::<Integer, i32>(value)?,
                Some(Value::BigInt(value)) => out.push_bind_param::<BigInt, i64>(value)?,
                Some(Value::Double(value)) => out.push_bind_param::<Double, f64>(value)?,
                Some(Value::Time(value)) => out.push_bind_param::<Timestamp, _>(value)?,
                None => return Err(QueryBuilderError(format!("too few values for {}", self.sql).into())),
            }
            out.push_sql(part);
        }
        if values.next().is_some() {
            return Err(QueryBuilderError(format!("too many values for {}", self.sql).into()));
        }
        Ok(())
    }
}

impl QueryId for Statement<'_> {
    type QueryId = ();

    /// The text is the identity, not the type.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Statement<'_> {
    type SqlType = Untyped;
}

impl RunQueryDsl<AnyConnection> for Statement<'_> {}
