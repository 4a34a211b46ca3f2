//! Work, depth and size: each case is judged or given up, in bounded time and memory, and what stands beside it is judged.

use super::{FAULTY, bounded};
use crate::support::cli::Project;

/// Judges a subnet whose name is `local.z`, beside a cluster with a fault.
fn locals(lines: &str) {
    let subnet = "resource \"azurerm_subnet\" \"a\" {\n  name = local.z\n}\n";
    files(&[("main.tf", &format!("locals {{\n{lines}\n}}\n{subnet}"))]);
}

/// Judges files beside a cluster with a fault: it is found, and nothing hostile passes for known.
fn files(files: &[(&str, &str)]) {
    let project = Project::new(files);
    project.write("beside/main.tf", FAULTY);
    let run = bounded(&project, &["check"]);
    let start = files
        .first()
        .map_or("", |(_, text)| &text[..text.floor_char_boundary(200)]);
    assert!(matches!(run.code, 1 | 2), "{start}: {}", run.err);
    assert!(
        run.out.contains("beside/main.tf:6:22: error[AKS104]"),
        "{start}"
    );
}

/// Returns `l0 = first`, each further local made of the one before (`@`), and `z`, the last.
fn chain(length: usize, first: &str, next: &str) -> String {
    let link = |n: usize| {
        format!(
            "  l{} = {}\n",
            n + 1,
            next.replace('@', &format!("local.l{n}"))
        )
    };
    let links: String = (0..length).map(link).collect();
    format!("  l0 = {first}\n{links}  z = local.l{length}\n")
}

#[test]
fn long_expressions() {
    const LONG: usize = 100_000;
    locals(&format!("z = local.x{}", ".y".repeat(LONG)));
    locals(&format!("z = local.x{}", "[0]".repeat(LONG)));
    locals(&format!("z = local.x{}", "[*]".repeat(LONG)));
    for operator in ["+", "||", "=="] {
        locals(&format!("z = 1{}", format!("{operator}1").repeat(LONG)));
    }
    locals(&format!("z = {}1", "true ? 1 : ".repeat(LONG)));
    locals(&format!("z = {}true", "!".repeat(LONG)));
    locals(&format!("z = {}", "9".repeat(LONG)));
    locals(&format!("z = \"{}\"", "a".repeat(4_000_000)));
    locals(&format!("z = <<-E\n{}  E", "  x ${1} y\n".repeat(LONG)));
}

#[test]
fn deep_expressions() {
    const DEEP: usize = 100_000;
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("{a=", "}"),
        ("upper(", ")"),
        ("\"${", "}\""),
        ("[for x in [1] : ", "]"),
        ("local.a[", "]"),
    ] {
        locals(&format!("z = {}1{}", open.repeat(DEEP), close.repeat(DEEP)));
        locals(&format!("z = {}", open.repeat(DEEP)));
    }
    let ifs = ("%{ if true }".repeat(DEEP), "%{ endif }".repeat(DEEP));
    locals(&format!("z = \"{}a{}\"", ifs.0, ifs.1));
    let blocks = ("a {\n".repeat(DEEP), "}\n".repeat(DEEP));
    files(&[("main.tf", &format!("{}{}", blocks.0, blocks.1))]);
    let kind = "resource \"azurerm_subnet\" \"a\" {\n";
    files(&[("main.tf", &format!("{kind}{}{}}}\n", blocks.0, blocks.1))]);
    let types = ("list(".repeat(DEEP), ")".repeat(DEEP));
    files(&[(
        "main.tf",
        &format!(
            "variable \"x\" {{\n  type = {}any{}\n}}\n",
            types.0, types.1
        ),
    )]);
}

#[test]
fn long_chains_of_values() {
    locals(&chain(50_000, "\"x\"", "@"));
    locals(&chain(50_000, "[\"x\"]", "[@]"));
    locals(&chain(20_000, "\"x\"", "upper(@)"));
}

#[test]
fn values_that_grow_by_multiplication() {
    locals(&chain(60, "\"xxxxxxxx\"", "\"${@}${@}\""));
    locals(&chain(60, "\"xxxxxxxx\"", "join(\"-\", [@, @])"));
    locals(&chain(60, "\"xxxxxxxx\"", "replace(@, \"x\", \"xx\")"));
    locals(&chain(60, "\"\\\"\\\\\"", "jsonencode(@)"));
    locals(&chain(60, "[\"a\", \"b\"]", "concat(@, @)"));
    locals(&chain(60, "[\"a\"]", "flatten([@, @])"));
    locals(&chain(
        60,
        "{ a = 1 }",
        "merge(@, { for k, v in @ : \"x${k}\" => v })",
    ));
    locals(&chain(
        30,
        "toset([\"a\", \"b\", \"c\"])",
        "setproduct(@, @)",
    ));
    locals("z = format(\"%999999999s\", \"a\")");
}

#[test]
fn loops_in_loops() {
    let range = "range(1000)";
    locals(&format!(
        "z = [for a in {range} : [for b in {range} : [for c in {range} : a]]]"
    ));
    locals(&format!(
        "l = {range}\nz = [for a in {range} : [for b in {range} : contains(local.l, a)]]"
    ));
    locals(&format!(
        "z = [for a in {range} : sort([for b in {range} : \"a${{b}}\"])]"
    ));
    locals("z = range(0, 1e9)");
    let nested = |each: usize, depth: usize, block: &str| {
        let open = format!("dynamic \"{block}\" {{\nfor_each = range({each})\ncontent {{\n");
        format!("{}{}", open.repeat(depth), "}\n}\n".repeat(depth))
    };
    for body in [
        nested(1000, 4, "default_node_pool"),
        nested(2, 100, "default_node_pool"),
        nested(1000, 1, "network_profile").repeat(1000),
    ] {
        let cluster = format!("resource \"azurerm_kubernetes_cluster\" \"a\" {{\n{body}}}\n");
        files(&[("main.tf", &cluster)]);
    }
}

#[test]
fn many_instances() {
    files(&[(
        "main.tf",
        "resource \"azurerm_subnet\" \"a\" {\n  count = 1e9\n}\n",
    )]);
    let key = |n| format!("k{n} = 1\n");
    let keys: String = (0..100_000).map(key).collect();
    let subnet = |for_each: &str| {
        format!(
            "resource \"azurerm_subnet\" \"a\" {{\n  for_each = {for_each}\n  name = each.key\n}}\n"
        )
    };
    files(&[("main.tf", &subnet(&format!("{{\n{keys}}}")))]);
    let all = "toset(flatten([for a in range(100) : [for b in range(1000) : \"${a}-${b}\"]]))";
    files(&[("main.tf", &subnet(all))]);
    let call = format!("module \"m\" {{\n  source   = \"./m\"\n  for_each = {all}\n}}\n");
    files(&[("main.tf", &call), ("m/main.tf", FAULTY)]);
}

#[test]
fn module_trees_that_double_at_each_level() {
    let call =
        |source: &str, name: &str| format!("module \"{name}\" {{\n  source = \"{source}\"\n}}\n");
    let mut texts = Vec::new();
    for level in 0..30 {
        let source = format!("../m{}", level + 1);
        texts.push((
            format!("m{level}/main.tf"),
            call(&source, "a") + &call(&source, "b"),
        ));
    }
    texts.push(("m30/main.tf".to_owned(), FAULTY.to_owned()));
    let texts: Vec<(&str, &str)> = texts
        .iter()
        .map(|(p, t)| (p.as_str(), t.as_str()))
        .collect();
    files(&texts);
}

#[test]
fn cycles() {
    locals("a = local.b\nb = local.a\nz = local.a");
    let own = "output \"o\" {\n  value = module.m.o\n}\nmodule \"m\" {\n  source = \"./m\"\n  v = module.m.o\n}\n";
    let inner = "variable \"v\" {}\noutput \"o\" {\n  value = var.v\n}\nresource \"azurerm_subnet\" \"a\" {\n  name = var.v\n}\n";
    files(&[("main.tf", own), ("m/main.tf", inner)]);
    let call = |to: &str| format!("module \"m\" {{\n  source = \"{to}\"\n}}\n{FAULTY}");
    files(&[
        ("a/main.tf", &call("../b")),
        ("b/main.tf", &call("../a")),
        ("c/main.tf", &call(".")),
    ]);
    let subnets = "resource \"azurerm_subnet\" \"a\" {\n  count = length(azurerm_subnet.b)\n}\n\
                   resource \"azurerm_subnet\" \"b\" {\n  count = length(azurerm_subnet.a)\n}\n";
    files(&[("main.tf", subnets)]);
}

/// Returns clusters and as many subnets of one VNet, each of which clashes with each.
fn clashes(count: usize) -> String {
    use std::fmt::Write;
    let mut code = "resource \"azurerm_virtual_network\" \"v\" {\n  name = \"v\"\n}\n".to_owned();
    for n in 0..count {
        let subnet = format!(
            "resource \"azurerm_subnet\" \"s{n}\" {{\n  name = \"s{n}\"\n  address_prefixes = [\"10.0.0.0/16\"]\n  \
             virtual_network_name = azurerm_virtual_network.v.name\n}}\n"
        );
        let pool = format!(
            "{{\n  default_node_pool {{\n    vnet_subnet_id = azurerm_subnet.s{n}.id\n  }}\n"
        );
        let cluster = FAULTY
            .replacen("{\n", &pool, 1)
            .replace("main", &format!("c{n}"));
        write!(code, "{subnet}{cluster}").expect("a string can be written");
    }
    code
}

#[test]
fn clashes_of_all_with_all() {
    for count in [200, 1_000] {
        let project = Project::new(&[("main.tf", &clashes(count))]);
        let run = bounded(&project, &["check", "--format", "concise"]);
        assert_eq!(run.code, 1, "{}", run.err);
        // With many more, AKS134 has more to say as well.
        let cut = "advice[AKS008] AKS121";
        assert_eq!(run.out.matches("AKS008").count(), 1, "{}", run.out);
        assert!(run.out.contains(cut), "{}", run.out);
        assert!(
            run.out
                .contains("more to say about the root . than is kept")
        );
        assert_eq!(run.out.matches("[AKS104]").count(), count);
    }
    let project = Project::new(&[("main.tf", &clashes(20))]);
    let run = bounded(&project, &["check", "--format", "concise"]);
    assert_eq!(run.out.matches("AKS008").count(), 0, "{}", run.out);
}

/// Resource types, and what may stand in them.
const KINDS: [&str; 4] = [
    "kubernetes_cluster",
    "kubernetes_cluster_node_pool",
    "subnet",
    "virtual_network",
];
const ATTRIBUTES: &str = "name count for_each network_profile default_node_pool kubernetes_version address_prefixes \
    address_space virtual_network_name kubernetes_cluster_id vnet_subnet_id node_count depends_on lifecycle provider zones";
const PROFILE: &str =
    "service_cidr pod_cidrs dns_service_ip network_plugin ip_versions outbound_type";

/// Everything else that has a value, `@`.
const REST: &str = "terraform {\n  required_providers = @\n  required_version = @\n}\nprovider \"azurerm\" {\n  version = @\n}\n\
    variable \"v\" {\n  type = @\n  default = @\n  nullable = @\n  sensitive = @\n}\nmodule \"m\" {\n  source = @\n  \
    version = @\n  count = @\n}\noutput \"o\" {\n  value = @\n  sensitive = @\n}\n";

/// Returns code with `@` for every value.
fn every_attribute() -> String {
    use std::fmt::Write;
    let mut code = REST.to_owned();
    for kind in KINDS {
        for attribute in ATTRIBUTES.split(' ') {
            writeln!(
                code,
                "resource \"azurerm_{kind}\" \"{attribute}\" {{\n  {attribute} = @\n}}"
            )
            .expect("a string can be written");
        }
    }
    for attribute in PROFILE.split(' ') {
        let body = format!("network_profile {{\n    {attribute} = @\n  }}");
        writeln!(
            code,
            "resource \"azurerm_kubernetes_cluster\" \"p_{attribute}\" {{\n  {body}\n}}"
        )
        .expect("a string can be written");
    }
    code
}

#[test]
fn wrong_types_everywhere() {
    let code = every_attribute();
    for value in [
        "null",
        "true",
        "-1",
        "1e400",
        "\"x\"",
        "[]",
        "[[]]",
        "{}",
        "{ a = [1] }",
        "local.none",
        "[for x in 1 : x]",
    ] {
        files(&[("main.tf", &code.replace('@', value))]);
    }
}

#[test]
fn much_of_everything() {
    files(&[("main.tf", &format!("#{}\n", "#".repeat(4_000_000)))]);
    files(&[("main.tf", &"a{}\n".repeat(100_000))]);
    files(&[(
        "main.tf",
        &"resource \"azurerm_subnet\" \"a\" {\n  x = = \n}\n".repeat(2_000),
    )]);
    files(&[("main.tf", &"\"".repeat(1_000_000))]);
    files(&[("main.tf", &"/*".repeat(1_000_000))]);
    let heredoc = |n| format!(" a{n} = <<E\n");
    let heredocs: String = (0..20_000).map(heredoc).collect();
    files(&[("main.tf", &format!("locals {{\n{heredocs}"))]);
    let call = format!(
        "module \"m\" {{\n  source = \"{}m\"\n}}\n",
        "./".repeat(500_000)
    );
    files(&[("main.tf", &call), ("m/main.tf", FAULTY)]);
}

#[test]
fn many_files_and_folders() {
    let project = Project::new(&[("main.tf", FAULTY)]);
    for n in 0..50_000 {
        std::fs::write(project.as_ref().join(format!("f{n}.tf")), "# x\n")
            .expect("a file can be written");
    }
    let run = bounded(&project, &["check"]);
    assert!(run.out.contains("[AKS104]"), "{}", run.err);
    let project = Project::new(&[("main.tf", FAULTY)]);
    let mut folder = project.as_ref().to_owned();
    for _ in 0..1_000 {
        folder.push("d");
    }
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    std::fs::write(folder.join("main.tf"), FAULTY).expect("a file can be written");
    let run = bounded(&project, &["check"]);
    assert_eq!(run.out.matches("[AKS104]").count(), 2, "{}", run.err);
}
