//! Damage to ids and their numbers.

use super::{Operator, id, in_pair, next_starts_line, pair, tags, with};

pub(super) const ALL: &[(&str, Operator)] = &[
    ("source id mistyped", |d, u| {
        let wrong = id(d, u).replacen(|c: char| c.is_ascii_hexdigit(), "0", 1);
        let (text, rule, at) = in_pair(
            d,
            u,
            tags(d, u).1,
            &tags(d, u).1.replace(id(d, u), &wrong),
            "id/mismatch",
            "data-stu-id",
        )?;
        Some((text, rule, at + "data-stu-id=\"".len()))
    }),
    ("target number mistyped", |d, u| {
        let wrong = format!("{}7", id(d, u).strip_suffix(|c: char| c.is_ascii_digit() && c != '7')?);
        let tag = tags(d, u).0.replace(id(d, u), &wrong);
        in_pair(d, u, tags(d, u).0, &tag, "id/mismatch", &wrong)
    }),
    ("prefix mistyped on both sides", |d, u| {
        let wrong = id(d, u).replacen(|c: char| c.is_ascii_hexdigit() && c != '0', "0", 1);
        let whole = pair(d, u).replace(id(d, u), &wrong);
        (d.units.len() > 2).then(|| in_pair(d, u, pair(d, u), &whole, "id/prefix", &wrong))?
    }),
    ("id without its hyphen", |d, u| {
        let wrong = id(d, u).replace('-', "_");
        in_pair(d, u, pair(d, u), &pair(d, u).replace(id(d, u), &wrong), "id/malformed", &wrong)
    }),
    ("pair pasted twice", |d, u| {
        let (end, whole) = (d.units[u].span.end, pair(d, u).to_string());
        let at = end as usize + 1 + whole.find(id(d, u))?;
        Some((with(d, end, end, &format!(" {whole}")), "id/duplicate", at))
    }),
    ("two pairs swapped", |d, u| {
        let next = next_starts_line(d, u)?;
        let (first, second) = (d.units[u].span, d.units[next].span);
        let between = d.file.text()[first.end as usize..second.start as usize].to_string();
        let swapped = format!("{}{between}{}", pair(d, next), pair(d, u));
        // The one that comes too early is called out of order.
        let at = first.start as usize + pair(d, next).find(id(d, next))?;
        Some((with(d, first.start, second.end, &swapped), "id/order", at))
    }),
    ("pair deleted", |d, u| {
        let (this, next) = (&d.units[u], d.units.get(u + 1)?);
        // The first number of the document may go: then nothing but the siblings tells.
        Some((
            with(d, this.span.start, this.span.end, ""),
            "parity/unit-ids",
            next.span.start as usize - this.span.len(),
        ))
    }),
    ("number changed on both sides", |d, u| {
        let (last, own) = (d.units.len() - 1, id(d, u).to_string());
        let wrong = format!("{}-999", own.split_once('-')?.0);
        let whole = pair(d, u).replace(&own, &wrong);
        (u == last).then(|| in_pair(d, u, pair(d, u), &whole, "parity/unit-ids", &wrong))?
    }),
    ("first number below 101", |d, u| {
        let wrong = format!("{}-003", id(d, u).split_once('-')?.0);
        let whole = pair(d, u).replace(id(d, u), &wrong);
        (u == 0).then(|| in_pair(d, u, pair(d, u), &whole, "id/start", &wrong))?
    }),
];
