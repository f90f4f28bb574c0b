//! Tables made by rule: the same bytes for the same arguments, so that expected figures can be worked out.

use std::fmt::Write;

const COUNTRIES: [&str; 8] = ["DE", "FR", "US", "JP", "BR", "IN", "ZA", "SE"];
const CATEGORIES: [&str; 5] = ["Books", "Garden", "Music", "Sports", "Toys"];
const NOTES: [&str; 4] = ["gift wrap", "leave at door", "\"call, then deliver\"", ""];

/// Orders of a shop: `rows` lines and twelve columns of every type, about 100 bytes a line.
/// `quantity` of order i is 1 + i mod 9, so its sum and mean follow from the number of rows.
pub fn orders(rows: u64) -> String {
    let mut csv = String::with_capacity(rows as usize * 104 + 128);
    csv.push_str(
        "order_id,ordered_at,customer_id,product,category,country,quantity,unit_price,discount,revenue,returned,note\n",
    );
    for i in 0..rows {
        let random = mix(i);
        let quantity = 1 + i % 9;
        let cents = 199 + (random >> 8) % 20_000;
        let discount = (random >> 24) % 30;
        let revenue = quantity * cents * (100 - discount) / 100;
        let day = 1 + (random >> 32) % 28;
        let month = 1 + (random >> 40) % 12;
        let second = (random >> 3) % 60;
        let _ = write!(
            csv,
            "{},2024-{month:02}-{day:02}T{:02}:{:02}:{second:02},{},Product {:04},{},{},{quantity},{}.{:02},",
            1_000_000 + i,
            (random >> 44) % 24,
            (random >> 50) % 60,
            1 + random % 50_000,
            (random >> 16) % 2000,
            CATEGORIES[(random % 5) as usize],
            COUNTRIES[((random >> 5) % 8) as usize],
            cents / 100,
            cents % 100,
        );
        // Every twentieth order has no discount noted.
        if i % 20 != 0 {
            let _ = write!(csv, "0.{discount:02}");
        }
        let _ = writeln!(
            csv,
            ",{}.{:02},{},{}",
            revenue / 100,
            revenue % 100,
            random.is_multiple_of(25),
            NOTES[((random >> 11) % 4) as usize]
        );
    }
    csv
}

/// A number that looks random and depends on `i` alone (SplitMix64).
fn mix(i: u64) -> u64 {
    let mut x = i.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}
