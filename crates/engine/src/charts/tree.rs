//! The tree of a treemap: values of each level below those of the level above, tiny ones folded together.

use contract::charts::Order;
use contract::charts::figure::Paint;

use super::arranging::{Arrangement, Rest, arrange};
use super::figures::{self, Crossed};
use super::keys::{KeyKind, Keys, OTHER, Use};
use super::reading::{Source, refused};
use crate::Result;
use crate::groups::keys::LEFT_OUT;

/// A node with a smaller part of the whole is folded together with others.
const TINY: f64 = 0.001;
/// No node has more children than this.
const MOST_CHILDREN: usize = 60;

pub(super) struct Tree<'a> {
    pub(super) levels: Vec<Keys<'a>>,
    /// Parents before their children, siblings by size, the largest first, "Other" last.
    pub(super) nodes: Vec<Node>,
    groups: Vec<Crossed>,
    /// By level and group: the node that holds its rows.
    node_of: Vec<Vec<Option<usize>>>,
    has_children: Vec<bool>,
}

pub(super) struct Node {
    pub(super) label: String,
    pub(super) parent: Option<usize>,
    /// From 0 on.
    pub(super) level: usize,
    /// The place of its key; `None` where it stands for several.
    pub(super) place: Option<usize>,
    pub(super) size: f64,
    /// Its part of the whole.
    pub(super) share: f64,
    /// The colour of the first level's value.
    pub(super) paint: Paint,
}

impl<'a> Tree<'a> {
    pub(super) fn of(source: &'a Source<'a>) -> Result<Self> {
        let size = source.spec.size.as_ref();
        let rest = if figures::adds_up(source, size)? { Rest::Together } else { Rest::LeftOut };
        let mut levels = Vec::new();
        for (at, encoding) in source.spec.rows.iter().enumerate() {
            let mut keys = Keys::of(source, encoding, &format!("/rows/{at}"), Use::Category)?;
            let how = Arrangement { figure: size, rest, most: usize::MAX, order: Order::Label };
            arrange(source, &mut keys, encoding, &how)?;
            levels.push(keys);
        }
        let keys: Vec<&Keys> = levels.iter().collect();
        let groups: Vec<Crossed> = (1..=levels.len()).map(|count| Crossed::of(source, &keys[..count])).collect();
        let mut tree = Self { levels, nodes: Vec::new(), node_of: Vec::new(), groups, has_children: Vec::new() };
        let sizes = tree.sizes(source)?;
        tree.grow(&sizes);
        Ok(tree)
    }

    /// The size of each group of each level: the figures of the lowest one and their sums.
    fn sizes(&self, source: &Source) -> Result<Vec<Vec<f64>>> {
        let Some(lowest) = self.groups.last() else { return Ok(Vec::new()) };
        let size = source.spec.size.as_ref();
        let mut leaves = figures::figures(source, size, "/size", lowest)?;
        if let Some(at) = leaves.iter().position(|size| *size < 0.0) {
            let names: Vec<String> =
                (0..self.levels.len()).map(|level| self.levels[level].label(lowest.place(at, level))).collect();
            let value = figures::format(source, size)?.full(leaves[at]);
            let detail = format!(
                "The size of \"{}\" is {value}: a treemap has no negative parts. Filter them out, or draw bars.",
                names.join(" · ")
            );
            return Err(refused("/size", detail));
        }
        let is_nothing = |size: &f64| size.is_nan() || *size <= 0.0;
        let lost = leaves.iter().filter(|size| is_nothing(size)).count();
        if lost > 0 {
            let (noun, verb) = if lost == 1 { ("part", "is") } else { ("parts", "are") };
            source.note(format!("{lost} {noun} without a size above 0 {verb} left out."));
        }
        if !figures::adds_up(source, size)? && self.levels.len() > 1 {
            source.note("Sizes above the lowest level are sums of those below.");
        }
        leaves.iter_mut().filter(|size| is_nothing(size)).for_each(|size| *size = 0.0);
        let mut found: Vec<Vec<f64>> = self.groups.iter().map(|groups| vec![0.0; groups.len()]).collect();
        for (level, sums) in found.iter_mut().enumerate() {
            for (leaf, group) in self.first_groups(level).into_iter().enumerate() {
                sums[group] = (sums[group] + leaves[leaf]).min(f64::MAX);
            }
        }
        Ok(found)
    }

    /// The group of this level that holds each group of the lowest one.
    fn first_groups(&self, level: usize) -> Vec<usize> {
        let Some(lowest) = self.groups.last() else { return Vec::new() };
        let mut found = vec![0; lowest.len()];
        for (group, leaf) in self.groups[level].of_row.iter().zip(&lowest.of_row).filter(|(_, leaf)| **leaf != LEFT_OUT)
        {
            found[*leaf as usize] = *group as usize;
        }
        found
    }

    fn grow(&mut self, sizes: &[Vec<f64>]) {
        let whole = sizes.first().map_or(0.0, |sizes| sizes.iter().sum::<f64>()).min(f64::MAX);
        for (level, sizes) in sizes.iter().enumerate() {
            let mut children: Vec<Vec<usize>> = vec![Vec::new(); if level == 0 { 1 } else { self.nodes.len() }];
            let parents = self.parents_of(level);
            for (group, parent) in parents.iter().enumerate().filter(|(group, _)| sizes[*group] > 0.0) {
                if let Some(parent) = parent {
                    children[*parent].push(group);
                }
            }
            self.node_of.push(vec![None; self.groups[level].len()]);
            for (parent, mut groups) in children.into_iter().enumerate() {
                // A branch may end above the lowest level.
                if groups.is_empty() || (level > 0 && self.is_missing(level, &groups)) {
                    continue;
                }
                groups.sort_by(|left, right| sizes[*right].total_cmp(&sizes[*left]));
                let is_large = |group: &&usize| sizes[**group] / whole >= TINY;
                let large = groups.iter().take(MOST_CHILDREN).take_while(is_large).count();
                let kept = if groups.len() - large == 1 { groups.len() } else { large };
                let parent = (level > 0).then_some(parent);
                for group in &groups[..kept] {
                    self.add(level, parent, &[*group], sizes, whole);
                }
                if kept < groups.len() {
                    self.add(level, parent, &groups[kept..], sizes, whole);
                }
            }
        }
        self.has_children = vec![false; self.nodes.len()];
        for node in &self.nodes {
            if let Some(parent) = node.parent {
                self.has_children[parent] = true;
            }
        }
    }

    /// Whether the only group is that of missing cells.
    fn is_missing(&self, level: usize, groups: &[usize]) -> bool {
        let [only] = groups else { return false };
        self.levels[level].values[self.groups[level].place(*only, level)].kind == KeyKind::Missing
    }

    /// A node of one group, or of several that are folded together.
    fn add(&mut self, level: usize, parent: Option<usize>, groups: &[usize], sizes: &[f64], whole: f64) {
        let number = self.nodes.len();
        groups.iter().for_each(|group| self.node_of[level][*group] = Some(number));
        let place = match groups {
            [only] => Some(self.groups[level].place(*only, level)),
            _ => None,
        };
        let size = groups.iter().map(|group| sizes[*group]).sum::<f64>().min(f64::MAX);
        let (label, paint) = match (place, parent) {
            (None, _) => (format!("{OTHER} ({})", groups.len()), Paint::Muted),
            (Some(place), None) => (self.levels[level].label(place), self.levels[level].paint(place)),
            (Some(place), Some(parent)) => (self.levels[level].label(place), self.nodes[parent].paint),
        };
        self.nodes.push(Node { label, parent, level, place, size, share: size / whole, paint });
    }

    /// The node above each group of a level; none below what is folded. The first level has one above all, the root.
    fn parents_of(&self, level: usize) -> Vec<Option<usize>> {
        let groups = &self.groups[level];
        if level == 0 {
            return vec![Some(0); groups.len()];
        }
        let mut found = vec![None; groups.len()];
        for (group, above) in
            groups.of_row.iter().zip(&self.groups[level - 1].of_row).filter(|(group, _)| **group != LEFT_OUT)
        {
            let node = self.node_of[level - 1].get(*above as usize).copied().flatten();
            found[*group as usize] = node.filter(|node| self.nodes[*node].place.is_some());
        }
        found
    }

    pub(super) fn is_leaf(&self, node: usize) -> bool {
        !self.has_children[node]
    }

    /// The node of this level that holds each row of the table, and how many nodes there are.
    pub(super) fn rows_of(&self, level: usize) -> (Vec<u32>, usize) {
        let node = |group: &u32| match *group {
            LEFT_OUT => LEFT_OUT,
            group => self.node_of[level][group as usize].map_or(LEFT_OUT, |node| node as u32),
        };
        (self.groups[level].of_row.iter().map(node).collect(), self.nodes.len())
    }
}
