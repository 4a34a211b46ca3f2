//! The functions of Bicep and ARM templates that call a lambda for each element.

use super::functions::arm;
use super::loops::Collected;
use super::{Bound, Evaluator, Scope, tree};
use crate::expr::{ExprId, ExprKind};
use crate::source::{Span, Symbol};
use crate::value::{Cause, Kind, Node, Object, Tree, TreeList, Unknown};

/// A lambda and where it stands.
#[derive(Clone, Copy)]
struct Lambda<'s> {
    parameters: &'s [Symbol],
    body: ExprId,
    scope: Scope<'s>,
}

/// What a function does with the elements.
#[derive(Clone, Copy)]
enum Each {
    Map,
    Filter,
    Reduce,
    Sort,
    ToObject,
    GroupBy,
    MapValues,
}

impl Each {
    fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "map" => Each::Map,
            "filter" => Each::Filter,
            "reduce" => Each::Reduce,
            "sort" => Each::Sort,
            "toobject" => Each::ToObject,
            "groupby" => Each::GroupBy,
            "mapvalues" => Each::MapValues,
            _ => return None,
        })
    }

    /// Returns the kind of the result, `None` if it may be any.
    fn kind(self) -> Option<Kind> {
        match self {
            Each::Map | Each::Filter | Each::Sort => Some(Kind::List),
            Each::ToObject | Each::GroupBy | Each::MapValues => Some(Kind::Object),
            Each::Reduce => None,
        }
    }
}

/// What stands behind the collection in a call.
#[derive(Clone, Copy)]
struct Rest<'s> {
    /// The value that `reduce` begins with.
    initial: Option<ExprId>,
    lambda: Lambda<'s>,
    /// The second lambda of `toObject` and `groupBy`.
    value: Option<Lambda<'s>>,
}

fn lambda_of(id: ExprId, scope: Scope<'_>) -> Option<Lambda<'_>> {
    match &scope.unit.exprs.get(id).kind {
        ExprKind::Lambda { parameters, body } => Some(Lambda {
            parameters,
            body: *body,
            scope,
        }),
        _ => None,
    }
}

fn rest_of<'s>(each: Each, args: &[ExprId], scope: Scope<'s>) -> Option<Rest<'s>> {
    let (initial, lambda, value) = match (each, args) {
        (Each::Reduce, [initial, lambda]) => (Some(*initial), *lambda, None),
        (Each::ToObject | Each::GroupBy, [lambda, value]) => (None, *lambda, Some(*value)),
        (Each::Reduce, _) => return None,
        (_, [lambda]) => (None, *lambda, None),
        _ => return None,
    };
    let value = match value {
        Some(value) => Some(lambda_of(value, scope)?),
        None => None,
    };
    Some(Rest {
        initial,
        lambda: lambda_of(lambda, scope)?,
        value,
    })
}

impl Evaluator<'_> {
    /// Evaluates a call of a function that calls a lambda; `None` if it is another function.
    pub(super) fn lambda_call(
        &mut self,
        name: &str,
        args: &[ExprId],
        span: Span,
        scope: Scope<'_>,
    ) -> Option<Tree> {
        let each = Each::named(arm::plain(name))?;
        let Some((over, rest)) = args
            .split_first()
            .and_then(|(over, rest)| Some((*over, rest_of(each, rest, scope)?)))
        else {
            return Some(self.wrong(span, format!("{name}()")));
        };
        let over = self.eval(over, scope);
        let known = matches!(
            (each, &over.node),
            (Each::MapValues, Node::Object(_)) | (_, Node::List(_))
        );
        if !known && over.as_unknown().is_none() && !matches!(over.node, Node::Ref(_)) {
            return Some(self.wrong(span, format!("{name}()")));
        }
        let value = match (each, &over.node) {
            (Each::MapValues, Node::Object(object)) => {
                self.map_values(&over, object, rest.lambda, span)
            }
            (Each::MapValues, Node::List(_)) => self.wrong(span, format!("{name}()")),
            _ => match self.elements(&over, span) {
                Ok(elements) => self.over_list(each, elements, &over, rest, span),
                Err(unknown) => self.no_elements(&unknown, each.kind(), span),
            },
        };
        Some(value.mark(over.sensitive))
    }

    /// Returns the result of a function whose collection is not known.
    fn no_elements(&mut self, unknown: &Unknown<Tree>, kind: Option<Kind>, span: Span) -> Tree {
        let prov = self.computed(span, Some(unknown.origin));
        let unknown = match kind {
            Some(_) if unknown.cause != Cause::Wrong => Self::unknown_like(unknown, kind),
            _ => unknown.forget(),
        };
        tree(unknown, prov)
    }

    fn over_list(
        &mut self,
        each: Each,
        elements: Vec<(Tree, Tree)>,
        over: &Tree,
        rest: Rest<'_>,
        span: Span,
    ) -> Tree {
        let prov = self.computed(span, Some(over.prov));
        match each {
            Each::Map => {
                let mut items = Vec::new();
                for (index, value) in elements {
                    self.keep(size_of::<Tree>());
                    items.push(self.lambda(rest.lambda, &[value, index]));
                }
                tree(TreeList::tuple(items), prov)
            }
            Each::Reduce => self.reduce(elements, rest, span),
            Each::Sort => {
                let items = elements.into_iter().map(|(_, value)| value).collect();
                match self.sorted(items, rest.lambda) {
                    Ok(items) => tree(TreeList::tuple(items), prov),
                    Err(unknown) => self.no_elements(&unknown, Some(Kind::List), span),
                }
            }
            Each::Filter => {
                let mut kept = Collected::default();
                for (index, value) in elements {
                    self.filter(value, index, rest.lambda, &mut kept);
                }
                let sensitive = kept.sensitive;
                kept.finish(Kind::List, false, prov).mark(sensitive)
            }
            Each::ToObject | Each::GroupBy | Each::MapValues => {
                let group = matches!(each, Each::GroupBy);
                let mut collected = Collected::default();
                for (index, value) in elements {
                    self.key(value, index, rest, group, &mut collected);
                }
                let sensitive = collected.sensitive;
                collected.finish(Kind::Object, group, prov).mark(sensitive)
            }
        }
    }

    /// Keeps an element if the lambda says so.
    fn filter(&mut self, value: Tree, index: Tree, lambda: Lambda<'_>, kept: &mut Collected) {
        let wanted = self.lambda(lambda, &[value.clone(), index]);
        kept.sensitive |= wanted.sensitive;
        match self.dialect.boolean(&wanted) {
            Ok(true) => kept.items.push(value),
            Ok(false) => {}
            Err(failure) => {
                let unknown = Self::failure_unknown(failure, &wanted);
                kept.leave_open(unknown);
            }
        }
    }

    /// Puts an element where the lambda says. Nobody documents what becomes of two with one key, unless they are grouped.
    fn key(
        &mut self,
        value: Tree,
        index: Tree,
        rest: Rest<'_>,
        group: bool,
        collected: &mut Collected,
    ) {
        let args = [value, index];
        let key = self.lambda(rest.lambda, &args);
        let value = match rest.value {
            Some(lambda) => self.lambda(lambda, &args),
            None => args[0].clone(),
        };
        collected.sensitive |= key.sensitive;
        let name = match &key.node {
            Node::Text(text) => Ok(Symbol::from(text.clone())),
            _ => match key.as_unknown() {
                Some(unknown) => Err(unknown.forget()),
                None => Err(Unknown::new(Cause::Wrong, key.prov)),
            },
        };
        self.keep(size_of::<(Symbol, Tree)>());
        match name {
            Ok(name) => {
                let values = collected.entries.entry(name).or_default();
                if values.is_empty() || group {
                    values.push(value);
                } else {
                    *values = vec![Tree::unknown(Cause::NotSupported, value.prov)];
                }
            }
            Err(unknown) => collected.leave_open(unknown),
        }
    }

    fn reduce(&mut self, elements: Vec<(Tree, Tree)>, rest: Rest<'_>, span: Span) -> Tree {
        let Some(initial) = rest.initial else {
            return self.wrong(span, "reduce()");
        };
        let mut current = self.eval(initial, rest.lambda.scope);
        for (index, next) in elements {
            current = self.lambda(rest.lambda, &[current, next, index]);
        }
        Tree {
            written_at: None,
            ..current
        }
    }

    /// Sorts by merging, so that equal elements keep their order; why not, if it is not known which of two comes first.
    fn sorted(&mut self, items: Vec<Tree>, lambda: Lambda<'_>) -> Result<Vec<Tree>, Unknown<Tree>> {
        let mut runs: Vec<Vec<Tree>> = items.into_iter().map(|item| vec![item]).collect();
        while runs.len() > 1 {
            let mut merged = Vec::new();
            let mut pairs = runs.into_iter();
            while let Some(first) = pairs.next() {
                merged.push(match pairs.next() {
                    Some(second) => self.merged(first, second, lambda)?,
                    None => first,
                });
            }
            runs = merged;
        }
        Ok(runs.pop().unwrap_or_default())
    }

    fn merged(
        &mut self,
        first: Vec<Tree>,
        second: Vec<Tree>,
        lambda: Lambda<'_>,
    ) -> Result<Vec<Tree>, Unknown<Tree>> {
        let mut merged = Vec::with_capacity(first.len() + second.len());
        let (mut first, mut second) = (first.into_iter().peekable(), second.into_iter().peekable());
        while let (Some(a), Some(b)) = (first.peek(), second.peek()) {
            let before = self.lambda(lambda, &[b.clone(), a.clone()]);
            match self.dialect.boolean(&before) {
                Ok(true) => merged.extend(second.next()),
                Ok(false) => merged.extend(first.next()),
                Err(failure) => return Err(Self::failure_unknown(failure, &before)),
            }
        }
        merged.extend(first);
        merged.extend(second);
        Ok(merged)
    }

    fn map_values(&mut self, over: &Tree, object: &Object, lambda: Lambda<'_>, span: Span) -> Tree {
        let prov = self.computed(span, Some(over.prov));
        let mut entries = std::collections::BTreeMap::new();
        for (key, value) in &object.entries {
            self.keep(size_of::<(Symbol, Tree)>());
            let value = self.element(over, value);
            entries.insert(key.clone(), self.lambda(lambda, &[value]));
        }
        let rest = object.rest.as_ref().map(Unknown::forget);
        tree(Object { entries, rest }, prov)
    }

    /// Evaluates a lambda for arguments, as many as it has parameters for.
    fn lambda(&mut self, lambda: Lambda<'_>, args: &[Tree]) -> Tree {
        let Lambda {
            parameters,
            body,
            scope,
        } = lambda;
        match (parameters, args) {
            ([name, parameters @ ..], [value, args @ ..]) => {
                let bound = Bound {
                    name,
                    value: value.clone(),
                    outer: scope.names,
                };
                let scope = Scope {
                    names: Some(&bound),
                    ..scope
                };
                let lambda = Lambda {
                    parameters,
                    body,
                    scope,
                };
                self.lambda(lambda, args)
            }
            _ => self.eval(body, scope),
        }
    }
}

impl Collected {
    /// Notes that it is not known what there is; that something is wrong counts most.
    fn leave_open(&mut self, unknown: Unknown<Tree>) {
        if unknown.cause == Cause::Wrong || self.open.is_none() {
            self.open = Some(unknown);
        }
    }
}
