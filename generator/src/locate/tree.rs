//! The tree of positions: what stands where, and nothing of what it says but the keys.

use super::{Found, lenient};
use saphyr_parser::{Event, Parser, Span};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Bytes that are read in all, with repairs: a few seconds at worst.
const MOST_READ: usize = 96 << 20;

/// The nodes of one text. Ranges count characters.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// The root is the first one.
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    span: Range<usize>,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Scalar,
    Sequence(Vec<usize>),
    Mapping(Vec<Entry>),
    /// The node that stands elsewhere.
    Alias(usize),
}

#[derive(Debug)]
struct Entry {
    key: String,
    span: Range<usize>,
    value: usize,
}

/// What stands between the start and the end of a collection.
struct Open {
    node: usize,
    anchor: usize,
    /// The key whose value comes next.
    key: Option<(String, Range<usize>)>,
    /// Whether the collection is itself a key, which no API document needs.
    is_key: bool,
}

impl Tree {
    /// Reads as much of a text as can be read.
    pub(super) fn parse(text: &str) -> Self {
        let mut text = lenient::without_surrogates(text);
        let mut reached = 0;
        let mut left = MOST_READ;
        loop {
            let (tree, stopped) = Self::attempt(&text);
            left = left.saturating_sub(text.len());
            // Each repair must lead further, or there is no end to them.
            match stopped.filter(|at| *at > reached && left > text.len()) {
                Some(at) => {
                    let Some(repaired) = lenient::joined(&text, at) else {
                        return tree;
                    };
                    text = Cow::Owned(repaired);
                    reached = at;
                }
                None => return tree,
            }
        }
    }

    /// Reads a text up to where the parser stops; if that is not the end, also says at which
    /// character.
    fn attempt(text: &str) -> (Self, Option<usize>) {
        let mut builder = Builder::default();
        let mut parser = Parser::new_from_str(text);
        // The parser's own `load` recurses; its events do not.
        while let Some(event) = parser.next_event() {
            match event {
                Ok((Event::DocumentEnd | Event::StreamEnd, _)) => break,
                Ok((event, span)) => builder.event(event, span),
                Err(error) => return (builder.tree, Some(error.marker().index())),
            }
        }
        (builder.tree, None)
    }

    /// Follows a path as far as it goes; `true` if that is to its end. The ranges count characters.
    pub(super) fn find(&self, segments: impl Iterator<Item = String>) -> (Found, bool) {
        let (mut node, mut key) = (0, None);
        for segment in segments {
            let Some((next, span)) = self.child(node, &segment) else {
                return (self.found(node, key), false);
            };
            (node, key) = (next, span);
        }
        (self.found(node, key), true)
    }

    /// The first of several equal keys of a mapping, of which the last one counts.
    pub(super) fn first_key(
        &self,
        mut segments: impl DoubleEndedIterator<Item = String>,
    ) -> Option<Range<usize>> {
        let last = segments.next_back()?;
        let mut node = 0;
        for segment in segments {
            node = self.child(node, &segment)?.0;
        }
        match &self.nodes.get(node)?.content {
            Content::Mapping(entries) => {
                let first = entries.iter().find(|entry| entry.key == last)?;
                Some(first.span.clone())
            }
            _ => None,
        }
    }

    fn found(&self, node: usize, key: Option<Range<usize>>) -> Found {
        let Some(node) = self.nodes.get(node) else {
            return Found {
                span: 0..0,
                key,
                is_collection: false,
            };
        };
        let is_collection = matches!(node.content, Content::Sequence(_) | Content::Mapping(_));
        let span = match &node.content {
            Content::Mapping(entries) if node.span.is_empty() => entries
                .first()
                .map_or(node.span.clone(), |entry| entry.span.clone()),
            _ => node.span.clone(),
        };
        Found {
            span,
            key,
            is_collection,
        }
    }

    /// The member or item, also one that a merge key or an alias brings in.
    fn child(&self, parent: usize, segment: &str) -> Option<(usize, Option<Range<usize>>)> {
        let mut pending = vec![parent];
        let mut seen = BTreeSet::new();
        while let Some(node) = pending.pop() {
            if !seen.insert(node) {
                continue;
            }
            match &self.nodes.get(node)?.content {
                Content::Scalar => {}
                Content::Alias(target) => pending.push(*target),
                Content::Sequence(items) if node == parent || seen.len() == 2 => {
                    let item = segment
                        .parse::<usize>()
                        .ok()
                        .and_then(|index| items.get(index));
                    match item {
                        Some(item) => return Some((*item, None)),
                        None => pending.extend(items.iter().rev()),
                    }
                }
                // A list of mappings at a merge key; the first of them wins.
                Content::Sequence(items) => pending.extend(items.iter().rev()),
                Content::Mapping(entries) => {
                    // The last of several equal keys counts.
                    if let Some(entry) = entries.iter().rev().find(|entry| entry.key == segment) {
                        return Some((entry.value, Some(entry.span.clone())));
                    }
                    let merged = entries.iter().rev().filter(|entry| entry.key == "<<");
                    pending.extend(merged.map(|entry| entry.value));
                }
            }
        }
        None
    }
}

/// Builds the tree from events, without recursion.
#[derive(Default)]
struct Builder {
    tree: Tree,
    open: Vec<Open>,
    anchors: BTreeMap<usize, usize>,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, span: Span) {
        let span = span.start.index()..span.end.index();
        match event {
            Event::Scalar(text, _, anchor, _) => self.scalar(&text, span, anchor),
            Event::Alias(anchor) => {
                let target = self.anchors.get(&anchor);
                let content = target.map_or(Content::Scalar, |target| Content::Alias(*target));
                if self.takes_key() {
                    self.set_key(String::from("*"), span);
                } else {
                    self.add(Node { span, content });
                }
            }
            Event::SequenceStart(anchor, _) => {
                self.start(span, Content::Sequence(Vec::new()), anchor)
            }
            Event::MappingStart(anchor, _) => {
                self.start(span, Content::Mapping(Vec::new()), anchor)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span.end),
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
    }

    fn scalar(&mut self, text: &str, span: Range<usize>, anchor: usize) {
        if self.takes_key() {
            self.set_key(text.to_owned(), span);
            return;
        }
        let node = self.add(Node {
            span,
            content: Content::Scalar,
        });
        self.anchors.insert(anchor, node);
    }

    fn start(&mut self, span: Range<usize>, content: Content, anchor: usize) {
        let is_key = self.takes_key();
        let node = if is_key {
            self.push(Node { span, content })
        } else {
            self.add(Node { span, content })
        };
        self.open.push(Open {
            node,
            anchor,
            key: None,
            is_key,
        });
    }

    fn end(&mut self, end: usize) {
        let Some(closed) = self.open.pop() else {
            return;
        };
        // Only now: an alias inside of what it stands for would lead in a circle.
        self.anchors.insert(closed.anchor, closed.node);
        if closed.is_key {
            let start = self.tree.nodes[closed.node].span.start;
            self.set_key(String::from("?"), start..end);
        }
    }

    /// Whether the next node is a key.
    fn takes_key(&self) -> bool {
        self.open.last().is_some_and(|open| {
            open.key.is_none() && matches!(self.tree.nodes[open.node].content, Content::Mapping(_))
        })
    }

    fn set_key(&mut self, key: String, span: Range<usize>) {
        if let Some(open) = self.open.last_mut() {
            open.key = Some((key, span));
        }
    }

    fn push(&mut self, node: Node) -> usize {
        self.tree.nodes.push(node);
        self.tree.nodes.len() - 1
    }

    /// Adds a node to the innermost open collection.
    fn add(&mut self, node: Node) -> usize {
        let added = self.push(node);
        let Some(open) = self.open.last_mut() else {
            return added;
        };
        let key = open.key.take();
        match (&mut self.tree.nodes[open.node].content, key) {
            (Content::Sequence(items), _) => items.push(added),
            (Content::Mapping(entries), Some((key, span))) => {
                entries.push(Entry {
                    key,
                    span,
                    value: added,
                });
            }
            _ => {}
        }
        added
    }
}
