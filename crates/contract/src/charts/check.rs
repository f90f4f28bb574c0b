//! Whether a spec fits its kind and the columns of its dataset; every error names the channel, the column and what would fit.

use super::check_options::check_options;
use super::{Accepts, Aggregates, Channel, ChartKind, ChartSpec, Encoding, Order, Scale, Slot, kind};
use crate::analyses::distribution::{Bins, MAX_BINS};
use crate::analyses::grouped::Function;
use crate::columns::{Column, ColumnType, nearest_name};
use crate::errors::FieldError;
use crate::filters;

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
        let (name, title) = (slot.channel.as_str(), kind.title.to_lowercase());
        if encodings.len() < slot.least {
            let detail = format!("A {title} chart needs `{name}`. {}", slot.help);
            errors.push(FieldError::new(format!("/{name}"), detail));
        }
        if encodings.len() > slot.most {
            let detail = format!("`{name}` of a {title} chart takes at most {}, not {}.", slot.most, encodings.len());
            errors.push(FieldError::new(format!("/{name}"), detail));
        }
        for (at, encoding) in encodings.iter().enumerate() {
            let check = EncodingCheck { kind, slot, columns, pointer: Self::pointer(slot.channel, at), errors };
            check.run(encoding, !self.y.is_empty() || kind.slots.iter().any(|slot| slot.channel == Channel::Y));
        }
    }
}

struct EncodingCheck<'a> {
    kind: &'a ChartKind,
    slot: &'a Slot,
    columns: &'a [Column],
    pointer: String,
    errors: &'a mut Vec<FieldError>,
}

impl EncodingCheck<'_> {
    fn error(&mut self, field: &str, detail: impl Into<String>) {
        self.errors.push(FieldError::new(format!("{}/{field}", self.pointer), detail));
    }

    fn run(mut self, encoding: &Encoding, has_figures: bool) {
        let column_type = match &encoding.column {
            Some(name) => match self.columns.iter().find(|column| column.name == *name) {
                Some(column) => Some(column.column_type),
                None => {
                    let detail = unknown(name, self.slot.channel, self.columns);
                    return self.error("column", detail);
                }
            },
            None if encoding.aggregate == Some(Function::Count) && self.slot.aggregates != Aggregates::Never => None,
            None => return self.error("column", "Name a column; only the aggregate `count` does without one."),
        };
        self.check_figure(encoding, column_type);
        if let Some(column_type) = column_type {
            self.check_values(encoding, column_type);
        }
        self.check_order(encoding, has_figures);
        if encoding.title.as_ref().is_some_and(|title| title.chars().count() > 200) {
            self.error("title", "A title has at most 200 characters.");
        }
    }

    fn check_figure(&mut self, encoding: &Encoding, column_type: Option<ColumnType>) {
        let channel = self.slot.channel.as_str();
        let column = encoding.column.as_deref().unwrap_or_default();
        match (encoding.aggregate, self.slot.aggregates) {
            (Some(_), Aggregates::Never) => {
                let title = self.kind.title.to_lowercase();
                self.error("aggregate", format!("`{channel}` of a {title} chart shows values and takes no aggregate."));
            }
            (Some(function), _) if function.needs_numbers() => {
                let means_shares = function == Function::Mean && column_type == Some(ColumnType::Boolean);
                if let Some(known) = column_type.filter(|known| !known.is_numeric() && !means_shares) {
                    let (known, function) = (known.as_str(), function.as_str());
                    let detail = format!("Column \"{column}\" holds {known} values; `{function}` needs numbers.");
                    self.error("aggregate", detail);
                }
            }
            _ => {}
        }
        match (encoding.aggregate, encoding.quantile) {
            (Some(Function::Quantile), Some(share)) if (0.0..=1.0).contains(&share) => {}
            (Some(Function::Quantile), _) => self.error("quantile", "Give a number from 0 to 1."),
            (_, Some(_)) => self.error("quantile", "Only the aggregate `quantile` takes this."),
            _ => {}
        }
    }

    fn check_values(&mut self, encoding: &Encoding, column_type: ColumnType) {
        let column = encoding.column.clone().unwrap_or_default();
        let is_count = matches!(encoding.aggregate, Some(Function::Count | Function::NUnique));
        if !self.slot.accepts.takes(column_type) && !is_count {
            let detail = self.wrong_type(&column, column_type);
            return self.error("column", detail);
        }
        let is_time = Accepts::Times.takes(column_type);
        if encoding.granularity.is_some() && !is_time {
            let detail = format!("Column \"{column}\" holds {} values, which have no periods.", column_type.as_str());
            self.error("granularity", detail);
        }
        if encoding.time_zone.is_some() && column_type != ColumnType::Datetime {
            let detail = format!("Column \"{column}\" holds {} values, which have no zone.", column_type.as_str());
            self.error("time_zone", detail);
        }
        if let Some(bins) = &encoding.bin {
            if !column_type.is_numeric() {
                let detail =
                    format!("Column \"{column}\" holds {} values; classes need numbers.", column_type.as_str());
                self.error("bin", detail);
            } else if let Some(detail) = wrong_bins(bins) {
                self.error("bin", detail);
            }
        }
        let is_figure = encoding.aggregate.is_some() || self.slot.aggregates == Aggregates::Always;
        if encoding.scale == Scale::Log && !column_type.is_numeric() && !is_figure {
            let detail =
                format!("Column \"{column}\" holds {} values; a logarithmic axis needs numbers.", column_type.as_str());
            self.error("scale", detail);
        }
        if encoding.scale == Scale::Log && encoding.zero == Some(true) {
            self.error("zero", "A logarithmic axis has no 0.");
        }
    }

    /// With the column of a fitting type whose name is nearest, or any that fits.
    fn wrong_type(&self, column: &str, column_type: ColumnType) -> String {
        let (channel, title) = (self.slot.channel.as_str(), self.kind.title.to_lowercase());
        let wanted = self.slot.accepts.wanted();
        let fitting = || self.columns.iter().filter(|known| self.slot.accepts.takes(known.column_type));
        let names = || fitting().map(|known| known.name.as_str());
        let advice = match nearest_name(column, names()).or_else(|| names().next()) {
            Some(near) => format!(" Column \"{near}\" would do."),
            None => " The dataset has no such column.".to_owned(),
        };
        let held = column_type.as_str();
        format!("Column \"{column}\" holds {held} values, but `{channel}` of a {title} chart takes {wanted}.{advice}")
    }

    fn check_order(&mut self, encoding: &Encoding, has_figures: bool) {
        if encoding.limit.is_some_and(|limit| !(1..=1000).contains(&limit)) {
            self.error("limit", format!("{} is not from 1 to 1000.", encoding.limit.unwrap_or(0)));
        }
        if matches!(encoding.sort, Some(Order::Value | Order::ValueDescending)) && !has_figures {
            self.error("sort", "There is no figure in `y` to sort by.");
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
    let names: Vec<String> = kind.slots.iter().map(|slot| format!("`{}`", slot.channel.as_str())).collect();
    let (title, name) = (kind.title.to_lowercase(), channel.as_str());
    FieldError::new(format!("/{name}"), format!("A {title} chart has no `{name}`; it takes {}.", names.join(", ")))
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
            Some(format!("{} edges make no classes: give 2 to {}.", edges.len(), MAX_BINS + 1))
        }
        Bins::Edges(edges) if !edges.windows(2).all(|pair| pair[0] < pair[1]) => {
            Some("Edges must grow from one to the next.".to_owned())
        }
        _ => None,
    }
}
