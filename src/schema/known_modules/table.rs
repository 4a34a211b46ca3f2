//! The words in which an entry says what a module makes of its arguments.

/// A module of the registry, in some of its releases.
#[derive(Debug)]
pub(super) struct Module {
    /// Its name in the registry.
    pub source: &'static str,
    /// The releases of which the entry is true, a space between two.
    pub releases: &'static str,
    /// The resources that it makes, each after those that it refers to.
    pub makes: &'static [Made],
    /// Its outputs that lead to what it makes.
    pub outputs: &'static [(&'static str, Output)],
    /// The arguments that change nothing of what the entry says, a space between two. An argument that is neither here nor in
    /// what is made leaves the whole call unknown.
    pub indifferent: &'static str,
}

/// A resource that a module makes.
#[derive(Debug)]
pub(super) struct Made {
    /// The type that the model reads it as.
    pub kind: &'static str,
    /// Its address in the module; its key follows `{}`, or the end.
    pub address: &'static str,
    /// How often it stands.
    pub each: Each,
    /// It is there if this is not null.
    pub when: Option<From>,
    /// Its attributes by their path. One that is not named here is unknown.
    pub set: &'static [&'static [(&'static str, From)]],
}

/// How often a resource stands.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Each {
    /// Once.
    Once,
    /// Once for each entry of a map that is given at this path.
    Entries(&'static str),
    /// Once for each element of a list that is given at this path.
    Elements(&'static str),
    /// Once for each element of a list that is given at this path, by its `name`.
    Named(&'static str),
    /// As often as only Azure knows, but not at all where the map that is given at this path is empty.
    Countless(&'static str),
    /// Once for each element of lists side by side: each is an object of these names. The first list says how many.
    Lists(
        &'static [(&'static str, Place)],
        Option<(From, &'static str)>,
    ),
}

/// What an attribute is set to.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum From {
    /// What is given to the module.
    Argument(Place),
    /// A part of the entry or element that the resource stands for.
    Item(Place),
    /// The key of the entry.
    Key,
    /// Always the same.
    Always(Constant),
    /// The id of another resource that the module makes, by its address; of one that is repeated, the one with the same key.
    Id(&'static str),
    /// The name of another resource that the module makes.
    Name(&'static str),
    /// A list of this alone.
    List(&'static From),
    /// The first, unless it is null or an empty list; then the second.
    Filled(&'static From, &'static From),
    /// The second if the first is true, the third if it is false.
    If(&'static From, &'static From, &'static From),
    /// Whether something passes a test.
    Test(&'static From, Test),
    /// A part of the element that the resource stands for; the second where the element does not have it.
    ItemOr(Place, &'static From),
    /// A string out of parts.
    Joined(&'static [From]),
    /// The address with this number in a range.
    Host(&'static From, u32),
    /// An object of these attributes. One that is not named here is unknown.
    Object(&'static [(&'static str, From)]),
    /// A list with such an object for each element of a list; in it, the element is the item.
    Each(&'static From, &'static [(&'static str, From)]),
}

/// What can be asked of something. Null passes none.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Test {
    /// It is not null.
    Given,
    /// It is neither null nor an empty text, list or object.
    Filled,
    /// It is the number 0.
    Zero,
    /// It is this text.
    Is(&'static str),
    /// It is this text in any letter case.
    IsAnyCase(&'static str),
    /// It begins with this text.
    Begins(&'static str),
}

/// Something in what is given.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Place {
    /// The way to it, a dot between two names; empty for the whole element.
    pub path: &'static str,
    /// What stands for it where it is not given.
    pub missing: Constant,
    /// What stands for it where it is null.
    pub null: Constant,
}

/// A value that a module brings along.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Constant {
    /// Null.
    Nothing,
    /// A value that the entry does not know.
    Unknown,
    /// A truth.
    Truth(bool),
    /// A whole number.
    Number(u32),
    /// A string.
    Text(&'static str),
    /// A list of strings.
    Texts(&'static [&'static str]),
}

/// What an output leads to; each names what is made by its address.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Output {
    /// A whole resource: what is asked of it is the attribute of that name.
    Whole(&'static str),
    /// The id of a resource.
    Id(&'static str),
    /// The name of a resource.
    Name(&'static str),
    /// The ids of a repeated resource, in order.
    Ids(&'static str),
    /// The ids of a repeated resource by its names.
    IdsByName(&'static str),
    /// Objects with `resource_id` and `name` of a repeated resource by its keys.
    ByKey(&'static str),
}

/// Null, whatever is given.
pub(super) const NULL: From = From::Always(Constant::Nothing);

/// What the entry does not know.
pub(super) const UNKNOWN: From = From::Always(Constant::Unknown);

/// Returns a resource that stands once.
pub(super) const fn once(
    kind: &'static str,
    address: &'static str,
    set: &'static [&'static [(&'static str, From)]],
) -> Made {
    repeated(kind, address, Each::Once, set)
}

/// Returns a resource that stands as often as is said.
pub(super) const fn repeated(
    kind: &'static str,
    address: &'static str,
    each: Each,
    set: &'static [&'static [(&'static str, From)]],
) -> Made {
    Made {
        kind,
        address,
        each,
        when: None,
        set,
    }
}

/// Returns the same text always.
pub(super) const fn text(text: &'static str) -> From {
    From::Always(Constant::Text(text))
}

/// Returns an argument that the module has no other value for.
pub(super) const fn argument(path: &'static str) -> From {
    From::Argument(given(path))
}

/// Returns a part of the element.
pub(super) const fn item(path: &'static str) -> From {
    From::Item(given(path))
}

/// Returns a place that nothing stands for where nothing is given.
pub(super) const fn given(path: &'static str) -> Place {
    Place {
        path,
        missing: Constant::Nothing,
        null: Constant::Nothing,
    }
}

impl From {
    /// Returns it with the value that stands for it where it is not given.
    pub(super) const fn or(self, missing: Constant) -> Self {
        match self {
            From::Argument(place) => From::Argument(place.or(missing)),
            From::Item(place) => From::Item(place.or(missing).never_null()),
            other => other,
        }
    }

    /// Returns it with the same value where null is given.
    pub(super) const fn never_null(self) -> Self {
        match self {
            From::Argument(place) => From::Argument(place.never_null()),
            other => other,
        }
    }

    /// Returns the arguments that it asks for.
    pub(super) fn arguments(&self) -> Vec<&'static str> {
        match self {
            From::Argument(place) => vec![place.root()],
            From::List(inner) => inner.arguments(),
            From::Filled(first, second) => {
                let all = [first, second].into_iter();
                all.flat_map(|from| from.arguments()).collect()
            }
            From::If(test, yes, no) => {
                let all = [test, yes, no].into_iter();
                all.flat_map(|from| from.arguments()).collect()
            }
            From::Test(inner, _) | From::ItemOr(_, inner) | From::Host(inner, _) => {
                inner.arguments()
            }
            From::Joined(parts) => parts.iter().flat_map(From::arguments).collect(),
            From::Object(set) => set.iter().flat_map(|(_, from)| from.arguments()).collect(),
            From::Each(list, set) => {
                let inner = set.iter().flat_map(|(_, from)| from.arguments());
                list.arguments().into_iter().chain(inner).collect()
            }
            From::Item(_) | From::Key | From::Always(_) | From::Id(_) | From::Name(_) => Vec::new(),
        }
    }
}

impl Place {
    /// Returns it with the value that stands for it where it is not given.
    pub(super) const fn or(self, missing: Constant) -> Self {
        Place { missing, ..self }
    }

    const fn never_null(self) -> Self {
        Place {
            null: self.missing,
            ..self
        }
    }

    /// Returns the argument that it is in.
    pub(super) fn root(&self) -> &'static str {
        self.path.split('.').next().unwrap_or(self.path)
    }
}

impl Module {
    /// Tells whether the entry says what an argument is for.
    pub(super) fn knows(&self, argument: &str) -> bool {
        let made = self.makes.iter().any(|made| made.asks(argument));
        made || self.indifferent.split(' ').any(|name| name == argument)
    }

    /// Returns what is made at an address.
    pub(super) fn made(&self, address: &str) -> Option<&'static Made> {
        self.makes.iter().find(|made| made.address == address)
    }
}

impl Made {
    /// Returns what an attribute is set to.
    pub(super) fn attribute(&self, path: &str) -> Option<From> {
        let mut all = self.set.iter().flat_map(|set| set.iter());
        all.find(|(name, _)| *name == path).map(|(_, from)| *from)
    }

    fn asks(&self, argument: &str) -> bool {
        let set = self.set.iter().flat_map(|set| set.iter());
        let mut sources = set.map(|(_, from)| from).chain(&self.when);
        let each = match self.each {
            Each::Once => false,
            Each::Entries(path)
            | Each::Elements(path)
            | Each::Named(path)
            | Each::Countless(path) => given(path).root() == argument,
            Each::Lists(lists, keyed) => {
                let flag = keyed.map_or(Vec::new(), |(flag, _)| flag.arguments());
                lists.iter().any(|(_, place)| place.root() == argument) || flag.contains(&argument)
            }
        };
        each || sources.any(|from| from.arguments().contains(&argument))
    }
}
