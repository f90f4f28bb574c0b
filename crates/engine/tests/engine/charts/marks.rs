//! The marks of charts without axes: finding them in a figure, and what holds for all of them.

use contract::charts::figure::Figure;
use contract::charts::layers::{
    Cloud, Diameters, Layer, Number, Paints, Points, Regions, Sheet, Slices, Surface, Tiles,
};

fn first<'a, T>(figure: &'a Figure, pick: impl Fn(&'a Layer) -> Option<&'a T>) -> &'a T {
    let mut layers = figure.panels.iter().flat_map(|panel| &panel.layers);
    layers.find_map(pick).unwrap_or_else(|| panic!("no such layer in {figure:?}"))
}

pub fn slices(figure: &Figure) -> &Slices {
    first(figure, |layer| if let Layer::Slices(found) = layer { Some(found) } else { None })
}

pub fn sheet(figure: &Figure) -> &Sheet {
    first(figure, |layer| if let Layer::Sheet(found) = layer { Some(found) } else { None })
}

pub fn number(figure: &Figure) -> &Number {
    first(figure, |layer| if let Layer::Number(found) = layer { Some(found) } else { None })
}

pub fn tiles(figure: &Figure) -> &Tiles {
    first(figure, |layer| if let Layer::Tiles(found) = layer { Some(found) } else { None })
}

pub fn regions(figure: &Figure) -> &Regions {
    first(figure, |layer| if let Layer::Regions(found) = layer { Some(found) } else { None })
}

pub fn points(figure: &Figure) -> &Points {
    first(figure, |layer| if let Layer::Points(found) = layer { Some(found) } else { None })
}

pub fn cloud(figure: &Figure) -> &Cloud {
    first(figure, |layer| if let Layer::Cloud(found) = layer { Some(found) } else { None })
}

pub fn surface(figure: &Figure) -> &Surface {
    first(figure, |layer| if let Layer::Surface(found) = layer { Some(found) } else { None })
}

/// The rows of a sheet, their cells joined.
pub fn joined(rows: &[Vec<String>]) -> Vec<String> {
    rows.iter().map(|row| row.join("|")).collect()
}

/// Lists of one layer have one length, and what is a part lies between 0 and 1.
pub fn is_sound(layer: &Layer) {
    match layer {
        Layer::Slices(slices) => {
            assert_eq!([slices.values.len(), slices.texts.len(), slices.paints.len()], [slices.labels.len(); 3]);
            assert!(slices.values.iter().all(|value| value.is_finite() && *value > 0.0), "{slices:?}");
        }
        Layer::Sheet(sheet) => {
            let width = sheet.is_number.len();
            assert!(sheet.heads.iter().chain(&sheet.rows).all(|row| row.len() == width), "{sheet:?}");
            assert!(sheet.totals.iter().all(|row| *row < sheet.rows.len()));
            assert!(sheet.shades.is_empty() || sheet.shades.len() == width * sheet.rows.len());
            assert!(sheet.shades.iter().all(|shade| shade.is_nan() || (0.0..=1.0).contains(shade)));
        }
        Layer::Number(number) => assert_eq!(number.spark.len(), number.spark_labels.len()),
        Layer::Tiles(tiles) => {
            let count = tiles.labels.len();
            assert_eq!([tiles.parents.len(), tiles.values.len(), tiles.texts.len(), tiles.paints.len()], [count; 4]);
            assert_eq!(tiles.places.len(), count);
            assert!(tiles.parents.iter().enumerate().all(|(at, parent)| parent.is_none_or(|parent| parent < at)));
            assert!(tiles.places.iter().flatten().all(|side| (-1e-9..=1.0 + 1e-9).contains(side)), "{tiles:?}");
        }
        Layer::Regions(regions) => {
            let count = regions.codes.len();
            assert_eq!(
                [regions.names.len(), regions.values.len(), regions.shades.len(), regions.texts.len()],
                [count; 4]
            );
            assert!(regions.shades.iter().all(|shade| (0.0..=1.0).contains(shade)));
        }
        Layer::Cloud(cloud) => {
            let count = cloud.x.len();
            assert_eq!([cloud.y.len(), cloud.z.len()], [count; 2]);
            assert!(cloud.texts.is_empty() || cloud.texts.len() == count);
            assert!(cloud.x.iter().chain(&cloud.y).chain(&cloud.z).all(|value| value.is_finite()));
            if let Paints::Each(paints) = &cloud.paint {
                assert_eq!(paints.len(), count);
            }
            if let Diameters::Each(diameters) = &cloud.diameter {
                assert_eq!(diameters.len(), count);
            }
        }
        Layer::Surface(surface) => {
            let count = surface.x.len() * surface.y.len();
            assert_eq!([surface.z.len(), surface.shades.len()], [count; 2]);
        }
        _ => {}
    }
}
