//! What plotters draws on: SVG elements in a space of 100 units for each CSS pixel.
//!
//! plotters' own SVG backend knows no weights between normal and bold, no dashes, no clips and no turned texts.

use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::rc::Rc;

use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
};

/// Units of the drawing for each CSS pixel: plotters' coordinates and widths are whole numbers.
pub(crate) const UNITS: f64 = 100.0;

/// The elements so far, with what plotters has no word for.
#[derive(Default)]
pub(crate) struct Markup {
    pub text: String,
    /// Dash and gap of the next paths, in units.
    pub dash: Option<(i32, i32)>,
    /// The turn of the next texts, in degrees.
    pub turn: f64,
    /// The colour around the letters of the next texts, so that they are read above marks.
    pub halo: Option<String>,
    /// Width and colour of the edge of the next filled shapes; their own colour unless there is one.
    pub edge: Option<(i32, Option<String>)>,
}

pub(crate) struct Sink {
    pub size: (u32, u32),
    pub markup: Rc<RefCell<Markup>>,
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Sink {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        let text = &mut self.markup.borrow_mut().text;
        let _ = write!(text, r#"<path d="M{x} {y}h1v1h-1z" fill="{}"{}/>"#, hex(color), opacity(color, "fill"));
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Drawn {
        let corners = [from, (to.0, from.1), to, (from.0, to.1)];
        if fill {
            self.fill_polygon(corners, style)
        } else {
            self.draw_path([corners.as_slice(), &[from]].concat(), style)
        }
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let color = style.color();
        let mut markup = self.markup.borrow_mut();
        let dash = markup.dash;
        let text = &mut markup.text;
        text.push_str(r#"<path d=""#);
        points(text, path);
        let _ = write!(text, r#"" fill="none" stroke="{}" stroke-width="{}""#, hex(color), style.stroke_width());
        text.push_str(&opacity(color, "stroke"));
        if let Some((dash, gap)) = dash {
            let _ = write!(text, r#" stroke-dasharray="{dash} {gap}""#);
        }
        text.push_str("/>\n");
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let color = style.color();
        let mut markup = self.markup.borrow_mut();
        let edge = markup.edge.clone();
        let text = &mut markup.text;
        text.push_str(r#"<path d=""#);
        points(text, path);
        let _ = write!(text, r#"z" fill="{}"{}"#, hex(color), opacity(color, "fill"));
        if let Some((width, edge)) = edge {
            let edge = edge.unwrap_or_else(|| hex(color));
            let _ = write!(text, r#" stroke="{edge}" stroke-width="{width}"{}"#, opacity(color, "stroke"));
        }
        text.push_str("/>\n");
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, (x, y): BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let color = style.color();
        let text = &mut self.markup.borrow_mut().text;
        let _ = write!(text, r#"<circle cx="{x}" cy="{y}" r="{radius}""#);
        if fill {
            let _ = writeln!(text, r#" fill="{}"{}/>"#, hex(color), opacity(color, "fill"));
        } else {
            let width = style.stroke_width();
            let stroke = opacity(color, "stroke");
            let _ = writeln!(text, r#" fill="none" stroke="{}" stroke-width="{width}"{stroke}/>"#, hex(color));
        }
        Ok(())
    }

    /// Anchors are at the base line.
    fn draw_text<S: BackendTextStyle>(&mut self, words: &str, style: &S, (x, y): BackendCoord) -> Drawn {
        let color = style.color();
        let mut markup = self.markup.borrow_mut();
        let (turn, halo) = (markup.turn, markup.halo.clone());
        let text = &mut markup.text;
        let _ = write!(text, r#"<text x="{x}" y="{y}" font-family="'{}', "#, style.family().as_str());
        text.push_str(r#"'IBM Plex Sans', Arial, sans-serif""#);
        let _ = write!(text, r#" font-size="{}" fill="{}"{}"#, style.size(), hex(color), opacity(color, "fill"));
        if matches!(style.style(), FontStyle::Bold) {
            text.push_str(r#" font-weight="600""#);
        }
        match style.anchor().h_pos {
            HPos::Left => {}
            HPos::Center => text.push_str(r#" text-anchor="middle""#),
            HPos::Right => text.push_str(r#" text-anchor="end""#),
        }
        if turn != 0.0 {
            let _ = write!(text, r#" transform="rotate({turn} {x} {y})""#);
        }
        if let Some(halo) = halo {
            let _ = write!(text, r#" stroke="{halo}" stroke-width="300" stroke-opacity="0.85" paint-order="stroke""#);
        }
        text.push('>');
        escape(text, words);
        text.push_str("</text>\n");
        Ok(())
    }
}

/// Adds a text of the data: what XML takes for marks is escaped, what it forbids is left out.
pub(crate) fn escape(into: &mut String, words: &str) {
    for letter in words.chars() {
        match letter {
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '&' => into.push_str("&amp;"),
            '"' => into.push_str("&quot;"),
            '\n' | '\r' | '\t' => into.push(' '),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            letter => into.push(letter),
        }
    }
}

/// A path by its steps, which need fewer digits than places.
fn points(text: &mut String, path: impl IntoIterator<Item = BackendCoord>) {
    let mut last: Option<BackendCoord> = None;
    for (x, y) in path {
        let _ = match last {
            None => write!(text, "M{x} {y}"),
            Some((from_x, from_y)) => {
                let (dx, dy) = (x.saturating_sub(from_x), y.saturating_sub(from_y));
                let between = if dy < 0 { "" } else { " " };
                write!(text, "l{dx}{between}{dy}")
            }
        };
        last = Some((x, y));
    }
}

fn hex(color: BackendColor) -> String {
    let (red, green, blue) = color.rgb;
    format!("#{red:02X}{green:02X}{blue:02X}")
}

fn opacity(color: BackendColor, of: &str) -> String {
    if color.alpha >= 0.9995 {
        return String::new();
    }
    format!(r#" {of}-opacity="{}""#, (color.alpha * 1000.0).round() / 1000.0)
}
