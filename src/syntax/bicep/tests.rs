//! What statements become, and what happens to those that do not parse.

use std::path::PathBuf;
use std::sync::Arc;

use crate::expr::ExprKind;
use crate::source::{Source, Sources};
use crate::syntax::terraform::testing::{on_a_large_stack, show};
use crate::syntax::{ArmDeclaration, Declaration, Imported, Mode, Unit};

fn unit(text: &str) -> (Arc<Source>, Unit) {
    let sources = Sources::default();
    let id = sources.add("main.bicep", None, PathBuf::new(), text.to_owned());
    let source = sources.get(id);
    let unit = super::file(&source, text.starts_with("using"));
    (source, unit)
}

/// Returns what `var x = …` becomes.
fn value(text: &str) -> String {
    let (_, unit) = unit(&format!("var x = {text}\n"));
    assert!(unit.troubles.is_empty(), "{:?}", unit.troubles);
    match unit.declarations.as_slice() {
        [Declaration::Local(binding)] => show(&unit.exprs, binding.value),
        other => panic!("{other:?}"),
    }
}

#[test]
fn operators_bind_as_the_compiler_has_it() {
    assert_eq!(
        value("1 + 2 * 3 == 7 && !a || b"),
        "(Or (And (Equal (Add 1 (Multiply 2 3)) 7) (Not a)) b)"
    );
    assert_eq!(value("a ?? b ?? 'c'"), "(coalesce (coalesce a b) \"c\")");
    assert_eq!(
        value("(a ?? b) ? -1 : c\n  ? 2\n  : 3"),
        "(if (coalesce a b) (Negate 1) (if c 2 3))"
    );
    assert_eq!(value("a =~ b"), "(=~ a b)");
    assert_eq!(value("a !~ b"), "(Not (=~ a b))");
}

#[test]
fn accesses() {
    assert_eq!(value("a.b[0].c"), "a.b[0].c");
    assert_eq!(value("a.?b.c[?0]!.d"), "(tryGet a \"b\" \"c\" 0).d");
    assert_eq!(value("(a.?b).c"), "(tryGet a \"b\").c");
    assert_eq!(value("a[^1]"), "(indexFromEnd a 1)");
    assert_eq!(value("vnet::nodes::x.id"), "vnet::nodes::x.id");
    assert_eq!(
        value("az.resourceGroup().location"),
        "(az.resourceGroup ).location"
    );
}

#[test]
fn collections() {
    assert_eq!(value("[\n  1\n  'a', true\n]"), "[1 \"a\" true]");
    assert_eq!(value("[...a, 1, ...b]"), "(flatten [a [1] b])");
    assert_eq!(
        value("{ a: 1, 'b-${c}': null\n ...d }"),
        "(shallowMerge [{\"a\"=1 (template \"b-\" c)=null} d])"
    );
    assert_eq!(
        value("[for (x, i) in y: { n: i }]"),
        "(for i x in y: _ => {\"n\"=i} if _)"
    );
    assert_eq!(value("map(a, (x, i) => x.b)"), "(map a (x i => x.b))");
    assert_eq!(
        value("filter(a, x => x > 1)"),
        "(filter a (x => (Greater x 1)))"
    );
    assert_eq!(value("'${a}'"), "(template a)");
}

#[test]
fn parameters_and_types() {
    let (_, unit) = unit(
        "type lock = {\n  @description('x')\n  kind: 'A' | 'B'\n  *: string\n}?\n@secure()\nparam a string\nparam b string?\n\
         param c lock\nparam d\n  | 'x'\n  | 'y'\nparam e resourceInput<'A/b@2020-01-01'>.properties[]? = null\n",
    );
    assert!(unit.troubles.is_empty(), "{:?}", unit.troubles);
    let inputs: Vec<(&str, bool, bool)> = unit
        .declarations
        .iter()
        .filter_map(|declaration| match declaration {
            Declaration::Input(input) => {
                let null = input
                    .default
                    .is_some_and(|id| matches!(unit.exprs.get(id).kind, ExprKind::Null));
                Some((&*input.name.text, input.sensitive, null))
            }
            _ => None,
        })
        .collect();
    assert_eq!(
        inputs,
        [
            ("a", true, false),
            ("b", false, true),
            ("c", false, true),
            ("d", false, false),
            ("e", false, true)
        ]
    );
}

#[test]
fn resources_in_resources() {
    let text = "resource v 'Microsoft.Network/virtualNetworks@2024-05-01' = if (on) {\n  name: 'v'\n  resource s 'subnets' existing = {\n    name: 's'\n  }\n}\n";
    let (source, unit) = unit(text);
    let [Declaration::Resource(outer), Declaration::Resource(inner)] = unit.declarations.as_slice()
    else {
        panic!("{:?}", unit.declarations);
    };
    assert_eq!(
        (&*outer.kind.text, outer.mode),
        ("Microsoft.Network/virtualNetworks", Mode::Managed)
    );
    assert_eq!(
        source.slice(outer.kind.span),
        "Microsoft.Network/virtualNetworks"
    );
    assert_eq!(
        unit.exprs.get(outer.repetition.condition.expect("if")).span,
        source_span(&source, "on")
    );
    assert_eq!(
        (&*inner.kind.text, &*inner.name.text),
        ("Microsoft.Network/virtualNetworks/subnets", "v::s")
    );
    assert_eq!(inner.mode, Mode::Data);
    assert_eq!(
        show(&unit.exprs, inner.body),
        "{\"name\"=\"s\" \"apiVersion\"=\"2024-05-01\" \"parent\"=v}"
    );
}

fn source_span(source: &Source, text: &str) -> crate::source::Span {
    let start = source.text.find(text).expect("it is there");
    crate::source::Span::new(source.id, start, start + text.len())
}

#[test]
fn modules_and_loops() {
    let (_, unit) = unit(
        "module m './net.bicep' = [for (x, i) in xs: if (i > 0) {\n  name: 'm${i}'\n  params: { a: x }\n}]\n",
    );
    let [Declaration::Call(call)] = unit.declarations.as_slice() else {
        panic!("{:?}", unit.troubles);
    };
    assert_eq!(show(&unit.exprs, call.arguments), "{\"a\"=x}");
    let each = call.repetition.each.expect("a loop");
    assert_eq!(
        show(&unit.exprs, each),
        "(for i x in xs: _ => {\"a\"=x} if (Greater i 0))"
    );
}

#[test]
fn imports_functions_and_parameter_files() {
    let (_, file) = unit(
        "import { a, b as c } from 'x.bicep'\nimport * as all from 'y.bicep'\nfunc f(a string, b int) string => '${a}${b}'\n",
    );
    let [
        Declaration::Arm(ArmDeclaration::Import(some)),
        Declaration::Arm(ArmDeclaration::Import(all)),
        Declaration::Arm(ArmDeclaration::Function(function)),
    ] = file.declarations.as_slice()
    else {
        panic!("{:?}", file.troubles);
    };
    assert!(
        matches!(&some.imported, Imported::Names(names) if names.len() == 2 && &*names[1].1 == "c")
    );
    assert!(matches!(&all.imported, Imported::All(name) if &**name == "all"));
    assert_eq!(function.parameters.len(), 2);
    let (_, file) = unit("using 'main.bicep'\nextends 'base.bicepparam'\nparam a = 1\n");
    assert!(matches!(
        file.declarations.as_slice(),
        [
            Declaration::Arm(ArmDeclaration::Using(Some(_))),
            Declaration::Arm(ArmDeclaration::Extends(_)),
            Declaration::Assignment(_)
        ]
    ));
}

#[test]
fn a_statement_that_does_not_parse_costs_no_other() {
    let (source, file) =
        unit("var a = 1\nresource x 'A/b@1' = {\n  name: ]\n  y: 1\n}\nvar b = 'open\nvar c = 2\n");
    let names: Vec<&str> = file
        .declarations
        .iter()
        .filter_map(|declaration| match declaration {
            Declaration::Local(binding) => Some(&*binding.name.text),
            _ => None,
        })
        .collect();
    assert_eq!(names, ["a", "c"]);
    assert!(file.broken);
    let places: Vec<&str> = file
        .troubles
        .iter()
        .map(|t| source.slice(t.primary.span))
        .collect();
    assert_eq!(places, ["]", "'open"]);
}

#[test]
fn depth_is_bounded_and_nothing_panics() {
    on_a_large_stack(|| {
        for (open, middle, close) in [
            ("(", "1", ")"),
            ("[", "1", "]"),
            ("{a:", "1", "}"),
            ("f(", "1", ")"),
            ("!", "a", ""),
            ("a ? b : ", "1", ""),
            ("'${", "a", "}'"),
            ("x => ", "x", ""),
            ("[for x in y: ", "1", "]"),
        ] {
            let text = format!(
                "var x = {}{middle}{}\nvar y = 1\n",
                open.repeat(100_000),
                close.repeat(100_000)
            );
            let (_, file) = unit(&text);
            assert_eq!(
                (file.declarations.len(), file.troubles.len()),
                (1, 1),
                "{open}"
            );
        }
        let (_, file) = unit(&format!("var x = 1{}\n", " + 1".repeat(100_000)));
        assert_eq!(file.declarations.len(), 1);
        let (_, file) = unit(&format!(
            "param x {}string{}\n",
            "(".repeat(100_000),
            ")".repeat(100_000)
        ));
        assert_eq!(file.troubles.len(), 1);
    });
}

#[test]
fn comments_cover_what_begins_below() {
    let text = "// aksnet:a\nresource x 'A/b@1' = {\n  // aksnet:b\n  properties: {\n    a: 1 // aksnet:c\n  }\n}\n";
    let (source, file) = unit(text);
    let covered: Vec<&str> = file
        .comments
        .iter()
        .map(|c| source.slice(c.covers))
        .collect();
    assert_eq!(covered.len(), 3);
    assert!(covered[0].starts_with("resource x") && covered[0].ends_with('}'));
    assert!(covered[1].starts_with("properties: {") && covered[1].ends_with('}'));
    assert_eq!(covered[2], "a: 1 ");
}
