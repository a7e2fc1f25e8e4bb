//! What two lists do not have in common.

use std::collections::BTreeMap;

/// What is left of both when each of one list is crossed out with the first of the other that has the same key. In time that
/// grows with the lists, not with their product.
pub(crate) fn crossed_out<T, K: Ord>(
    mut lost: Vec<T>,
    added: Vec<T>,
    key: impl Fn(&T) -> K,
) -> (Vec<T>, Vec<T>) {
    let mut places: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for (at, one) in added.iter().enumerate().rev() {
        places.entry(key(one)).or_default().push(at);
    }
    let mut kept = vec![false; added.len()];
    lost.retain(|one| match places.get_mut(&key(one)).and_then(Vec::pop) {
        Some(at) => {
            kept[at] = true;
            false
        }
        None => true,
    });
    let added = added.into_iter().zip(kept).filter(|(_, kept)| !kept);
    (lost, added.map(|(one, _)| one).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_crossed_out_once() {
        let (lost, added) =
            crossed_out(vec!["a", "b", "a", "c"], vec!["C", "A", "d", "a"], |one| one.to_lowercase());
        assert_eq!((lost, added), (vec!["b"], vec!["d"]));
        let (lost, added) = crossed_out(vec!["a", "a", "b"], vec!["A", "B", "b"], |one| one.to_lowercase());
        assert_eq!((lost, added), (vec!["a"], vec!["b"]));
    }
}
