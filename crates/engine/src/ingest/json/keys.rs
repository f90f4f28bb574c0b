//! The keys of records as a tree: each place in it that holds plain values is a column with a dotted name.

use std::collections::HashMap;

pub(super) const ROOT: usize = 0;

/// All keys seen so far.
#[derive(Debug)]
pub(super) struct KeyTree {
    nodes: Vec<Node>,
    /// The node of each column, in order of first sight.
    columns: Vec<usize>,
    /// Counts objects, to tell a key that stands twice in one of them.
    objects: u64,
    /// The first key that stands twice, and how many such keys there are.
    repeated: Option<(String, u64)>,
}

#[derive(Debug, Default)]
struct Node {
    parent: usize,
    key: String,
    children: Vec<usize>,
    by_key: HashMap<String, usize>,
    column: Option<usize>,
    /// The object in which this key was seen last.
    seen_in: u64,
}

/// A key found in the tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) node: usize,
    /// Whether the key stands before in the same object.
    pub(super) again: bool,
}

impl KeyTree {
    pub(super) fn new() -> Self {
        Self { nodes: vec![Node::default()], columns: Vec::new(), objects: 0, repeated: None }
    }

    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    /// Counts one more object; its number goes to [`KeyTree::child`].
    pub(super) fn enter(&mut self) -> u64 {
        self.objects += 1;
        self.objects
    }

    /// The node of a key below `parent`, a new one if need be. Objects mostly have the same keys in the same order, so
    /// the key at the same position is tried first.
    pub(super) fn child(&mut self, parent: usize, position: usize, key: &str, object: u64) -> Found {
        let hinted = self.nodes[parent].children.get(position).copied();
        let node = match hinted.filter(|node| self.nodes[*node].key == *key) {
            Some(node) => node,
            None => self.find(parent, key),
        };
        let seen = std::mem::replace(&mut self.nodes[node].seen_in, object);
        let again = seen == object;
        if again {
            let name = self.name(node);
            let (_, count) = self.repeated.get_or_insert((name, 0));
            *count += 1;
        }
        Found { node, again }
    }

    fn find(&mut self, parent: usize, key: &str) -> usize {
        if let Some(node) = self.nodes[parent].by_key.get(key) {
            return *node;
        }
        let node = self.nodes.len();
        self.nodes.push(Node { parent, key: key.to_owned(), ..Node::default() });
        self.nodes[parent].children.push(node);
        self.nodes[parent].by_key.insert(key.to_owned(), node);
        node
    }

    /// The column of a node; `None` if there would be more than `limit`.
    pub(super) fn column(&mut self, node: usize, limit: u32) -> Option<usize> {
        if let Some(column) = self.nodes[node].column {
            return Some(column);
        }
        if self.columns.len() >= limit as usize {
            return None;
        }
        self.columns.push(node);
        self.nodes[node].column = Some(self.columns.len() - 1);
        self.nodes[node].column
    }

    /// Whether a column stands at this node or below it.
    pub(super) fn is_below(&self, column: usize, node: usize) -> bool {
        let mut place = self.columns.get(column).copied().unwrap_or(ROOT);
        while place != ROOT {
            if place == node {
                return true;
            }
            place = self.nodes[place].parent;
        }
        false
    }

    /// The dotted names of all columns.
    pub(super) fn names(&self) -> Vec<String> {
        self.columns.iter().map(|node| self.name(*node)).collect()
    }

    pub(super) fn column_name(&self, column: usize) -> String {
        self.columns.get(column).map(|node| self.name(*node)).unwrap_or_default()
    }

    fn name(&self, node: usize) -> String {
        let (mut keys, mut place) = (Vec::new(), node);
        while place != ROOT {
            keys.push(self.nodes[place].key.as_str());
            place = self.nodes[place].parent;
        }
        keys.reverse();
        keys.join(".")
    }

    /// The first key that stands twice in one object, and how many there are.
    pub(super) fn repeated(&self) -> Option<&(String, u64)> {
        self.repeated.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_keys_have_dotted_names() {
        let mut tree = KeyTree::new();
        let outer = tree.enter();
        let a = tree.child(ROOT, 0, "a", outer);
        let inner = tree.enter();
        let b = tree.child(a.node, 0, "b", inner);
        assert_eq!(tree.column(b.node, 2), Some(0));
        let dotted = tree.child(ROOT, 1, "a.b", outer);
        assert_eq!(tree.column(dotted.node, 2), Some(1));
        assert_eq!(tree.column(a.node, 2), None, "more than the limit");
        assert_eq!(tree.names(), ["a.b", "a.b"]);
        assert!(tree.is_below(0, a.node) && !tree.is_below(1, a.node));
        assert!(tree.child(ROOT, 1, "a.b", outer).again);
        assert_eq!(tree.repeated(), Some(&("a.b".to_owned(), 1)));
        let next = tree.enter();
        assert!(!tree.child(ROOT, 0, "a", next).again);
    }
}
