//! Figures without axes: pies, treemaps, tables, numbers, maps and scenes.

use contract::charts::ChartName;
use contract::charts::figure::*;
use contract::charts::layers::*;

use crate::figures::*;

pub fn pie(hole: f64) -> Figure {
    let labels = ["Chrome", "Safari", "Edge", "Firefox", "Samsung Internet", "Opera", "Other <1 %>"];
    let values = [61.0, 19.0, 7.0, 5.0, 3.5, 2.5, 2.0];
    let mut figure = figure(
        ChartName::Pie,
        "Visits by browser",
        Space::Whole,
        vec![Layer::Slices(Slices {
            labels: labels.map(str::to_owned).to_vec(),
            values: values.to_vec(),
            texts: values.iter().map(|value| format!("{value} %")).collect(),
            paints: (0..7).map(Paint::Category).collect(),
            hole,
        })],
    );
    let items: Vec<(&str, usize)> = labels.iter().copied().zip(0..).collect();
    figure.legend = legend(&items, Sign::Area);
    figure
}

pub fn treemap() -> Figure {
    let mut tiles = Tiles {
        labels: Vec::new(),
        parents: Vec::new(),
        values: Vec::new(),
        texts: Vec::new(),
        paints: Vec::new(),
        places: Vec::new(),
    };
    let mut add = |label: &str, parent: Option<usize>, value: f64, paint: usize, place: [f64; 4]| {
        tiles.labels.push(label.to_owned());
        tiles.parents.push(parent);
        tiles.values.push(value);
        tiles.texts.push(short(value));
        tiles.paints.push(Paint::Category(paint));
        tiles.places.push(place);
    };
    add("Food", None, 60.0, 0, [0.0, 0.0, 0.6, 1.0]);
    add("Vegetables & fruit", Some(0), 30.0, 0, [0.01, 0.06, 0.59, 0.52]);
    add("Bread", Some(0), 20.0, 0, [0.01, 0.52, 0.39, 0.99]);
    add("Sweets", Some(0), 10.0, 0, [0.39, 0.52, 0.59, 0.99]);
    add("Household", None, 30.0, 1, [0.6, 0.0, 1.0, 0.75]);
    add("Cleaning", Some(4), 24.0, 1, [0.61, 0.06, 0.99, 0.6]);
    add("A very long name of a small thing", Some(4), 6.0, 1, [0.61, 0.6, 0.99, 0.74]);
    add("Other", None, 10.0, 2, [0.6, 0.75, 1.0, 1.0]);
    figure(ChartName::Treemap, "Turnover by group", Space::Whole, vec![Layer::Tiles(tiles)])
}

pub fn table(rows: usize) -> Figure {
    let names = [
        "Anna",
        "Bernd",
        "Chloé",
        "Đặng",
        "Ελένη",
        "Фёдор",
        "=1+1",
        "a rather long name that goes on <b>and on</b> & on",
    ];
    let sheet = Sheet {
        heads: vec![["Name", "Town", "Orders", "Revenue"].map(str::to_owned).to_vec()],
        rows: (0..rows)
            .map(|at| {
                vec![
                    names[at % names.len()].to_owned(),
                    format!("Town {at}"),
                    (at * 7 % 31).to_string(),
                    format!("{:.2}", at as f64 * 13.7),
                ]
            })
            .collect(),
        is_number: vec![false, false, true, true],
        totals: Vec::new(),
        shades: Vec::new(),
    };
    figure(ChartName::Table, "Orders", Space::Whole, vec![Layer::Sheet(sheet)])
}

pub fn pivot() -> Figure {
    let mut sheet = Sheet {
        heads: vec![
            ["", "2023", "2023", "2024", "2024", "Total"].map(str::to_owned).to_vec(),
            ["Region", "Shop", "Web", "Shop", "Web", "Total"].map(str::to_owned).to_vec(),
        ],
        is_number: vec![false, true, true, true, true, true],
        totals: vec![3],
        ..Sheet::default()
    };
    for (at, name) in ["North", "South", "West", "Total"].iter().enumerate() {
        let row: Vec<f64> = noise(at as u64 + 90, 5).iter().map(|value| (value * 900.0).round()).collect();
        sheet.shades.push(f64::NAN);
        sheet.shades.extend(row.iter().map(|value| if at < 3 { value / 900.0 } else { f64::NAN }));
        sheet.rows.push(std::iter::once((*name).to_owned()).chain(row.iter().map(|value| short(*value))).collect());
    }
    figure(ChartName::Pivot, "Revenue by region, year and way", Space::Whole, vec![Layer::Sheet(sheet)])
}

pub fn number() -> Figure {
    figure(
        ChartName::Number,
        "Revenue",
        Space::Whole,
        vec![Layer::Number(Number {
            value: 1_284_530.5,
            text: "1.285M €".to_owned(),
            label: "Revenue, May 2025".to_owned(),
            comparison: Some("+12.4 % against May 2024".to_owned()),
            reference: Some(1_142_820.0),
            is_up: Some(true),
            spark: (0..24).map(|at| 80.0 + 3.0 * f64::from(at) + 20.0 * noise(at as u64 + 4, 2)[1]).collect(),
            spark_labels: (0..24).map(|at| format!("month {at}")).collect(),
        })],
    )
}

pub fn choropleth() -> Figure {
    let codes = [
        "USA", "CAN", "MEX", "BRA", "ARG", "DEU", "FRA", "ESP", "ITA", "POL", "GBR", "RUS", "CHN", "IND", "AUS", "ZAF",
        "LSO", "EGY", "NGA", "JPN",
    ];
    let values: Vec<f64> = (0..codes.len()).map(|at| (at as f64 * 37.0) % 100.0).collect();
    let mut figure = figure(
        ChartName::Choropleth,
        "Customers by country",
        Space::Map { longitudes: [-180.0, 180.0], latitudes: [-58.0, 84.0] },
        vec![Layer::Regions(Regions {
            codes: codes.map(str::to_owned).to_vec(),
            names: codes.map(str::to_owned).to_vec(),
            shades: values.iter().map(|value| value / 100.0).collect(),
            texts: values.iter().map(|value| short(*value)).collect(),
            values,
        })],
    );
    figure.color_bar = color_bar("Customers", [0.0, 100.0], 25.0);
    figure
}

pub fn point_map() -> Figure {
    let places = [
        (13.4, 52.5),
        (2.35, 48.85),
        (-0.12, 51.5),
        (-3.7, 40.4),
        (12.5, 41.9),
        (21.0, 52.2),
        (18.07, 59.3),
        (23.7, 37.98),
    ];
    let mut points = point_layer(
        "Shops",
        places.iter().map(|place| place.0).collect(),
        places.iter().map(|place| place.1).collect(),
        Paint::Category(1),
    );
    points.diameter = Diameters::Each((0..8).map(|at| 6.0 + 2.0 * f64::from(at)).collect());
    points.texts = (0..8).map(|at| format!("Shop {at}")).collect();
    figure(
        ChartName::PointMap,
        "Shops in Europe",
        Space::Map { longitudes: [-15.0, 35.0], latitudes: [33.0, 65.0] },
        vec![Layer::Points(points)],
    )
}

pub fn cloud() -> Figure {
    let layer = |name: &str, seed: u64, shift: f64, paint: usize| {
        Layer::Cloud(Cloud {
            name: name.to_owned(),
            x: normal(seed, 150).iter().map(|value| 5.0 + shift + value).collect(),
            y: normal(seed + 1, 150).iter().map(|value| 50.0 + 10.0 * value).collect(),
            z: normal(seed + 2, 150).iter().map(|value| 0.2 * (value + shift)).collect(),
            paint: Paints::One(Paint::Category(paint)),
            diameter: Diameters::One(5.0),
            opacity: 0.8,
            texts: Vec::new(),
        })
    };
    let mut figure = figure(
        ChartName::Scatter3d,
        "Three measurements",
        Space::Solid {
            x: linear("Length in cm", [0.0, 12.0], 3.0, true),
            y: linear("Weight in g", [20.0, 80.0], 20.0, true),
            z: linear("Share", [-1.0, 1.5], 0.5, true),
            eye: [1.25, 1.25, 1.25],
        },
        vec![layer("a", 60, 0.0, 0), layer("b", 70, 3.0, 1)],
    );
    figure.legend = legend(&[("a", 0), ("b", 1)], Sign::Point);
    figure
}

pub fn surface(side: usize) -> Figure {
    let places: Vec<f64> = (0..side).map(|at| -3.0 + 6.0 * at as f64 / (side - 1) as f64).collect();
    let height = |x: f64, y: f64| (x * x + y * y).sqrt().cos() * (-(x * x + y * y) / 12.0).exp();
    let mut z: Vec<f64> = places.iter().flat_map(|y| places.iter().map(move |x| height(*x, *y))).collect();
    z[side + 1] = f64::NAN;
    let mut figure = figure(
        ChartName::Surface,
        "Height over a plane",
        Space::Solid {
            x: linear("x", [-3.0, 3.0], 1.0, true),
            y: linear("y", [-3.0, 3.0], 1.0, true),
            z: linear("z", [-1.0, 1.0], 0.5, true),
            eye: [1.5, -1.4, 0.9],
        },
        vec![Layer::Surface(Surface {
            x: places.clone(),
            y: places,
            shades: z.iter().map(|z| (z + 1.0) / 2.0).collect(),
            z,
        })],
    );
    figure.color_bar = color_bar("z", [-1.0, 1.0], 0.5);
    figure
}
