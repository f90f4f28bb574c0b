//! Whether a spec fits its kind and the columns of its dataset; every error names the channel, the column and what would fit.

use super::check_options::check_options;
use super::{Accepts, Aggregates, Channel, ChartKind, ChartName, ChartSpec, Encoding, Order, Scale, Slot, kind};
use crate::analyses::distribution::{Bins, MAX_BINS};
use crate::analyses::grouped::Function;
use crate::columns::{Column, ColumnType, nearest_name};
use crate::errors::FieldError;
use crate::filters;

const MOST_TITLE: usize = 200;
const MOST_LIMIT: u32 = 1000;

impl ChartSpec {
    /// What is wrong with this spec on a table of these columns, by JSON pointers into the spec; empty when nothing is.
    pub fn check(&self, columns: &[Column]) -> Vec<FieldError> {
        let kind = kind(self.kind);
        let mut errors = filters::check(&self.filter, columns, "/filter");
        for channel in Channel::ALL {
            match kind.slots.iter().find(|slot| slot.channel == channel) {
                Some(slot) => self.check_slot(kind, slot, columns, &mut errors),
                None if self.channel(channel).is_empty() => {}
                None => errors.push(no_channel(kind, channel)),
            }
        }
        check_options(self, kind, columns, &mut errors);
        errors
    }

    fn check_slot(&self, kind: &ChartKind, slot: &Slot, columns: &[Column], errors: &mut Vec<FieldError>) {
        let encodings = self.channel(slot.channel);
        let (name, noun) = (slot.channel.as_str(), kind.noun_first());
        if encodings.len() < slot.least {
            let detail = format!("{noun} needs a column as `{name}`: {}.", role(slot.help));
            errors.push(FieldError::new(format!("/{name}"), detail));
        }
        if encodings.len() > slot.most {
            let most = if slot.most == 1 { "one column".to_owned() } else { format!("at most {} columns", slot.most) };
            let detail = format!("{noun} takes {most} as `{name}`, not {}.", encodings.len());
            errors.push(FieldError::new(format!("/{name}"), detail));
        }
        // Boxes and violins are sorted by their medians.
        let has_figures = matches!(kind.name, ChartName::Box | ChartName::Violin)
            || kind.slots.iter().any(|slot| slot.aggregates != Aggregates::Never);
        for (at, encoding) in encodings.iter().enumerate() {
            let pointer = Self::pointer(slot.channel, at);
            if encodings[..at].contains(encoding) {
                errors.push(FieldError::new(&pointer, format!("`{name}` has this twice: leave one of them out.")));
                continue;
            }
            EncodingCheck { kind, slot, columns, pointer, errors, has_figures }.run(encoding);
        }
    }
}

/// What a channel is for, from the first part of its help, as it stands within a sentence.
fn role(help: &str) -> String {
    let first = help.split(['.', ';']).next().unwrap_or_default();
    let mut letters = first.chars();
    letters.next().map(|letter| letter.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

struct EncodingCheck<'a> {
    kind: &'a ChartKind,
    slot: &'a Slot,
    columns: &'a [Column],
    pointer: String,
    errors: &'a mut Vec<FieldError>,
    /// Whether the kind has a figure that values can be sorted by.
    has_figures: bool,
}

impl EncodingCheck<'_> {
    fn error(&mut self, field: &str, detail: impl Into<String>) {
        self.errors.push(FieldError::new(format!("{}/{field}", self.pointer), detail));
    }

    fn run(mut self, encoding: &Encoding) {
        let column_type = match &encoding.column {
            Some(name) => match self.columns.iter().find(|column| column.name == *name) {
                Some(column) => Some(column.column_type),
                None => {
                    let detail = unknown(name, self.slot.channel, self.columns);
                    return self.error("column", detail);
                }
            },
            None if encoding.aggregate == Some(Function::Count) && self.slot.aggregates != Aggregates::Never => None,
            None if self.slot.aggregates == Aggregates::Never => return self.error("column", "Name a column."),
            None => return self.error("column", "Name a column; only the aggregate `count` does without one."),
        };
        self.check_figure(encoding, column_type);
        if let Some(column_type) = column_type {
            self.check_type(encoding, column_type);
            self.check_grouping(encoding, column_type);
        }
        self.check_axis(encoding, column_type);
        self.check_order(encoding);
        if encoding.title.as_ref().is_some_and(|title| title.chars().count() > MOST_TITLE) {
            self.error("title", format!("A title has at most {MOST_TITLE} characters."));
        }
    }

    fn check_figure(&mut self, encoding: &Encoding, column_type: Option<ColumnType>) {
        let (channel, noun) = (self.slot.channel.as_str(), self.kind.noun);
        if encoding.aggregate.is_some() && self.slot.aggregates == Aggregates::Never {
            return self.error("aggregate", format!("`{channel}` of {noun} shows values and takes no aggregate."));
        }
        match (encoding.aggregate, encoding.quantile) {
            (Some(Function::Quantile), Some(share)) if (0.0..=1.0).contains(&share) => {}
            (Some(Function::Quantile), _) => self.error("quantile", "Give a number from 0 to 1."),
            (_, Some(_)) => self.error("quantile", "Only the aggregate `quantile` takes this."),
            _ => {}
        }
        let (Some(function), Some(column_type)) = (encoding.aggregate, column_type) else { return };
        let is_count = matches!(function, Function::Count | Function::NUnique);
        let is_share = function == Function::Mean && column_type == ColumnType::Boolean;
        if column_type.is_numeric() || is_count || is_share {
            return;
        }
        let column = encoding.column.as_deref().unwrap_or_default();
        let (held, function_name) = (column_type.as_str(), function.as_str());
        if function.needs_numbers() {
            let detail = format!("Column \"{column}\" holds {held} values; `{function_name}` needs numbers.");
            self.error("aggregate", detail);
        } else if !self.kind.writes_figures() {
            let detail = format!(
                "Column \"{column}\" holds {held} values, whose `{function_name}` is no number; `{channel}` of {noun} needs one."
            );
            self.error("aggregate", detail);
        }
    }

    fn check_type(&mut self, encoding: &Encoding, column_type: ColumnType) {
        // What a figure needs is told by its aggregate.
        if self.slot.accepts.takes(column_type) || encoding.aggregate.is_some() {
            return;
        }
        let detail = self.wrong_type(encoding.column.as_deref().unwrap_or_default(), column_type);
        self.error("column", detail);
    }

    fn check_grouping(&mut self, encoding: &Encoding, column_type: ColumnType) {
        let column = encoding.column.clone().unwrap_or_default();
        let held = column_type.as_str();
        let is_figure = self.is_figure(encoding);
        if encoding.granularity.is_some() {
            if is_figure {
                self.error("granularity", "A figure has no periods: give them to what it is grouped by.");
            } else if !Accepts::Times.takes(column_type) {
                self.error("granularity", format!("Column \"{column}\" holds {held} values, which have no periods."));
            }
        }
        if encoding.time_zone.is_some() && column_type != ColumnType::Datetime {
            self.error("time_zone", format!("Column \"{column}\" holds {held} values, which have no zone."));
        }
        if let Some(bins) = &encoding.bin {
            if is_figure {
                self.error("bin", "A figure has no classes: give them to what it is grouped by.");
            } else if !column_type.is_numeric() {
                self.error("bin", format!("Column \"{column}\" holds {held} values; classes need numbers."));
            } else if let Some(detail) = wrong_bins(bins) {
                self.error("bin", detail);
            }
        }
    }

    fn check_axis(&mut self, encoding: &Encoding, column_type: Option<ColumnType>) {
        let channel = self.slot.channel;
        let has_axis = !matches!(channel, Channel::Facet | Channel::Label | Channel::Rows | Channel::Columns);
        if !has_axis && encoding.scale == Scale::Log {
            return self.error("scale", format!("`{}` has no axis.", channel.as_str()));
        }
        if !has_axis && encoding.zero.is_some() {
            return self.error("zero", format!("`{}` has no axis.", channel.as_str()));
        }
        let is_number = column_type.is_none_or(ColumnType::is_numeric) || self.is_figure(encoding);
        if encoding.scale == Scale::Log && !is_number {
            let column = encoding.column.as_deref().unwrap_or_default();
            let held = column_type.map_or("", ColumnType::as_str);
            self.error("scale", format!("Column \"{column}\" holds {held} values; a logarithmic axis needs numbers."));
        } else if encoding.scale == Scale::Log && encoding.zero == Some(true) {
            self.error("zero", "A logarithmic axis has no 0.");
        }
    }

    fn is_figure(&self, encoding: &Encoding) -> bool {
        encoding.aggregate.is_some() || self.slot.aggregates == Aggregates::Always
    }

    /// With the column of a fitting type whose name is nearest, or any that fits.
    fn wrong_type(&self, column: &str, column_type: ColumnType) -> String {
        let (channel, noun) = (self.slot.channel.as_str(), self.kind.noun);
        let (held, wanted) = (column_type.as_str(), self.slot.accepts.wanted());
        let fitting = || self.columns.iter().filter(|known| self.slot.accepts.takes(known.column_type));
        let names = || fitting().map(|known| known.name.as_str());
        let advice = match nearest_name(column, names()).or_else(|| names().next()) {
            Some(near) => format!(" Column \"{near}\" would do."),
            None => " The dataset has no such column.".to_owned(),
        };
        format!("Column \"{column}\" holds {held} values, but `{channel}` of {noun} takes {wanted}.{advice}")
    }

    fn check_order(&mut self, encoding: &Encoding) {
        if let Some(limit) = encoding.limit.filter(|limit| !(1..=MOST_LIMIT).contains(limit)) {
            self.error("limit", format!("{limit} is not from 1 to {MOST_LIMIT}."));
        }
        if matches!(encoding.sort, Some(Order::Value | Order::ValueDescending)) && !self.has_figures {
            let noun = self.kind.noun_first();
            self.error("sort", format!("{noun} has no figure for each value to sort by: sort by `label` or `data`."));
        }
    }
}

fn unknown(name: &str, channel: Channel, columns: &[Column]) -> String {
    let channel = channel.as_str();
    match nearest_name(name, columns.iter().map(|column| column.name.as_str())) {
        Some(near) => format!("There is no column \"{name}\" for `{channel}`. Did you mean \"{near}\"?"),
        None => format!("There is no column \"{name}\" for `{channel}`."),
    }
}

fn no_channel(kind: &ChartKind, channel: Channel) -> FieldError {
    let names: Vec<&str> = kind.slots.iter().map(|slot| slot.channel.as_str()).collect();
    let name = channel.as_str();
    FieldError::new(format!("/{name}"), format!("{} has no `{name}`; it takes {}.", kind.noun_first(), listed(&names)))
}

/// "`a`, `b` and `c`".
pub(super) fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn wrong_bins(bins: &Bins) -> Option<String> {
    match bins {
        Bins::Count(count) if *count == 0 || *count as usize > MAX_BINS => {
            Some(format!("{count} is not from 1 to {MAX_BINS} classes."))
        }
        Bins::Width(width) if !(width.is_finite() && *width > 0.0) => {
            Some(format!("{width} is no width of a class: give a number above 0."))
        }
        Bins::Edges(edges) if edges.len() < 2 || edges.len() > MAX_BINS + 1 => {
            Some(format!("Give 2 to {} edges, not {}.", MAX_BINS + 1, edges.len()))
        }
        Bins::Edges(edges) if !edges.windows(2).all(|pair| pair[0] < pair[1]) => {
            Some("Edges must grow from one to the next.".to_owned())
        }
        _ => None,
    }
}
