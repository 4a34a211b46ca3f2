//! What aksnet understood: every cluster, pool, subnet and virtual network with each value and where it came from.

mod entities;
mod json;
mod meaning;
#[cfg(test)]
mod sample;
mod tree;
mod value;

use std::io::{self, Write};

use crate::engine::Analysis;

use super::Style;

/// How it is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// A tree for a reader.
    Human,
    /// For programs; `docs/show.schema.json` describes it.
    Json,
}

/// Writes everything that was understood.
pub fn write(
    form: Form,
    analysis: &Analysis,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let all = entities::understood(analysis);
    match form {
        Form::Human => tree::write(&all, analysis, style, out),
        Form::Json => json::write(&all, &analysis.sources, out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(form: Form) -> String {
        let mut out = Vec::new();
        write(form, &sample::analysis(), &Style::plain(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn for_a_reader() {
        insta::assert_snapshot!(render(Form::Human), @r#"
        cluster azurerm_kubernetes_cluster.main  main.tf:1:1, with prod.tfvars
        ├─ model                    unknown             from terraform: plugin, mode or pod subnet leave it open
        ├─ network_plugin           azure               main.tf:6:22
        ├─ network_plugin_mode      overlay or not set  variable "mode" has no value
        ├─ network_policy           not set
        ├─ network_data_plane       not set
        ├─ load_balancer_sku        not set
        ├─ outbound_type            not set
        ├─ pod_cidrs                not set
        ├─ service_cidrs            10.0.0.0/16         Azure's default, not set here
        ├─ dns_service_ip           not set
        ├─ ip_versions              not set
        ├─ private_cluster_enabled  not set
        ├─ kubernetes_version       not set
        ├─ name                     (sensitive)         main.tf:1:39
        ╰─ pool system  azurerm_kubernetes_cluster.main, main.tf:1:1
           ├─ node_count   3                     main.tf:1:1
           ├─ max_surge    10%                   main.tf:14:22
           ╰─ vnet_subnet  azurerm_subnet.nodes  main.tf:15:22

        subnet azurerm_subnet.nodes  main.tf:1:1, with prod.tfvars
        ├─ vnet      azurerm_virtual_network.main  main.tf:1:1
        ╰─ prefixes  10.1.0.0/24                   main.tf:1:1

        virtual network azurerm_virtual_network.main  main.tf:1:1, with prod.tfvars
        ╰─ address_space  10.1.0.0/16, ?  it cannot be computed before apply

        1 cluster, 1 subnet, 1 virtual network
        "#);
    }

    #[test]
    fn for_programs() {
        let json: serde_json::Value = serde_json::from_str(&render(Form::Json)).unwrap();
        let values = &json["clusters"][0]["values"];
        let pool = &json["clusters"][0]["node_pools"][0]["values"];
        let told: Vec<String> = [
            &values["network_plugin"],
            &values["network_plugin_mode"],
            &values["name"],
            &pool["vnet_subnet"],
            &pool["max_surge"]["value"],
            &json["virtual_networks"][0]["address_space"]["value"],
        ]
        .map(ToString::to_string)
        .to_vec();
        insta::assert_snapshot!(told.join("\n"), @r#"
        {"state":"set","value":"azure","location":{"file":"main.tf","start":{"line":6,"column":22,"offset":135},"end":{"line":6,"column":29,"offset":142}},"trail":[]}
        {"state":"unknown","because":"variable \"mode\" has no value","one_of":["overlay",null],"location":{"file":"variables.tf","start":{"line":1,"column":10,"offset":9},"end":{"line":1,"column":24,"offset":23}},"trail":[]}
        {"state":"set","value":"(sensitive)","location":{"file":"main.tf","start":{"line":1,"column":39,"offset":38},"end":{"line":1,"column":45,"offset":44}},"trail":[]}
        {"state":"set","value":"azurerm_subnet.nodes","location":{"file":"main.tf","start":{"line":15,"column":22,"offset":355},"end":{"line":15,"column":45,"offset":378}},"trail":[]}
        "10%"
        ["10.1.0.0/16",null]
        "#);
    }
}
