//! Literals of Bicep in what is said of them: messages leave their quotes out, and a fix leaves them where they are.

use aksnet::engine::Analysis;
use aksnet::finding::RuleId;

use crate::support::run::{analyse, of_rule};

/// Judges a cluster with these settings of its network.
fn judge(profile: &str) -> Analysis {
    let text = format!(
        "resource aks 'Microsoft.ContainerService/managedClusters@2025-05-01' = {{\n  name: 'shop'\n  location: 'westeurope'\n  properties: {{\n    agentPoolProfiles: [{{ name: 'system', mode: 'System' }}]\n    networkProfile: {{ {profile} }}\n  }}\n}}\n"
    );
    analyse(&[("main.bicep", &text)])
}

fn messages(analysis: &Analysis, rule: u16) -> Vec<&str> {
    let all = of_rule(analysis, RuleId(rule));
    all.map(|finding| finding.message.as_str()).collect()
}

#[test]
fn messages_leave_quotes_out() {
    for plugin in ["'kubenet'", "'''kubenet'''"] {
        let analysis = judge(&format!(
            "networkPlugin: {plugin}, networkPluginMode: 'overlay'"
        ));
        assert_eq!(
            messages(&analysis, 307),
            ["network plugin mode overlay needs the network plugin azure, and it is kubenet"]
        );
    }
}

#[test]
fn fixes_leave_quotes_where_they_are() {
    for quotes in ["'", "'''"] {
        let address = format!("{quotes}10.0.0.1{quotes}");
        let analysis = judge(&format!(
            "networkPlugin: 'azure', serviceCidr: '10.0.0.0/16', dnsServiceIP: {address}"
        ));
        let findings: Vec<_> = of_rule(&analysis, RuleId(106)).collect();
        let fix = findings[0].fix.as_ref().expect("the rule has a fix");
        assert_eq!(fix.edits.len(), 1);
        assert_eq!(
            fix.edits[0].replacement,
            format!("{quotes}10.0.0.10{quotes}")
        );
    }
}
