//! A drawing read back from its SVG: shapes with their places in CSS pixels, circles and texts, in the order of drawing.

use contract::charts::figure::Figure;
use contract::charts::requests::{ImageFormat, ImageOptions};
use resvg::usvg::roxmltree::{Document, Node};

/// A path.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Absolute, in CSS pixels.
    pub points: Vec<[f64; 2]>,
    pub fill: Option<String>,
    pub stroke: Option<String>,
    /// Of the fill.
    pub opacity: f64,
}

#[derive(Clone, Debug)]
pub struct Circle {
    pub center: [f64; 2],
    pub diameter: f64,
    pub fill: String,
}

#[derive(Clone, Debug)]
pub struct Text {
    pub text: String,
    /// Where its base line begins, is centred or ends.
    pub at: [f64; 2],
    pub is_turned: bool,
}

#[derive(Debug, Default)]
pub struct Drawing {
    pub shapes: Vec<Shape>,
    pub circles: Vec<Circle>,
    pub texts: Vec<Text>,
    /// Layers that are pixels.
    pub pictures: usize,
}

impl Drawing {
    pub fn of(figure: &Figure) -> Self {
        let svg = render::charts::image(figure, &ImageOptions::new(ImageFormat::Svg)).unwrap();
        let svg = String::from_utf8(svg).unwrap();
        let document = Document::parse(&svg).unwrap();
        let mut drawing = Self::default();
        for node in document.descendants().filter(Node::is_element) {
            match node.tag_name().name() {
                "path" => drawing.shapes.push(shape(&node)),
                "circle" => drawing.circles.push(Circle {
                    center: [number(&node, "cx") / 100.0, number(&node, "cy") / 100.0],
                    diameter: number(&node, "r") / 50.0,
                    fill: node.attribute("fill").unwrap().to_owned(),
                }),
                "text" => drawing.texts.push(Text {
                    text: node.text().unwrap_or_default().to_owned(),
                    at: [number(&node, "x") / 100.0, number(&node, "y") / 100.0],
                    is_turned: node.attribute("transform").is_some(),
                }),
                "image" => drawing.pictures += 1,
                _ => {}
            }
        }
        drawing
    }

    /// The last so many filled shapes: marks come after the ground, the legend and the scale of colours.
    pub fn last_filled(&self, count: usize) -> Vec<&Shape> {
        let filled: Vec<&Shape> = self.shapes.iter().filter(|shape| shape.fill.is_some()).collect();
        filled[filled.len().checked_sub(count).expect("so many filled shapes")..].to_vec()
    }
}

fn shape(node: &Node<'_, '_>) -> Shape {
    let color = |name: &str| node.attribute(name).filter(|color| *color != "none").map(str::to_owned);
    let opacity = node.attribute("fill-opacity").map_or(1.0, |opacity| opacity.parse().unwrap());
    Shape { points: points(node.attribute("d").unwrap()), fill: color("fill"), stroke: color("stroke"), opacity }
}

fn number(node: &Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).unwrap().parse().unwrap()
}

/// The absolute places of `M x y` and the steps `l dx dy` after it; closing adds no place.
pub fn points(path: &str) -> Vec<[f64; 2]> {
    let mut at = [0.0; 2];
    let mut places = Vec::new();
    for part in path.trim_start_matches('M').trim_end_matches('z').split('l') {
        // The minus of the second number is what divides it from the first.
        let split = part.rfind([' ', '-']).unwrap();
        let (x, y) = (&part[..split], part[split..].trim());
        at = [at[0] + x.trim().parse::<f64>().unwrap(), at[1] + y.parse::<f64>().unwrap()];
        places.push(at.map(|place| place / 100.0));
    }
    places
}

#[test]
fn paths_are_read_back() {
    assert_eq!(points("M100 250l5-10l-5 10l-1-1z"), [[1.0, 2.5], [1.05, 2.4], [1.0, 2.5], [0.99, 2.49]]);
}
