package doctor

import (
	"net"
	"net/netip"
	"strings"
	"testing"
)

// TestRank holds which address a class is told, on typical computers.
func TestRank(t *testing.T) {
	at := func(s ...string) (all []netip.Addr) {
		for _, a := range s {
			all = append(all, netip.MustParseAddr(a))
		}
		return all
	}
	const up = net.FlagUp | net.FlagBroadcast
	for _, c := range []struct {
		name  string
		list  []netInterface
		main  string
		want  string
		kind  Kind
		warns string
	}{
		{"a laptop at school", []netInterface{{"lo", net.FlagUp | net.FlagLoopback, at("127.0.0.1")},
			{"wlan0", up, at("fe80::1", "10.20.3.4")}}, "10.20.3.4", "10.20.3.4", Private, ""},
		{"with containers", []netInterface{{"docker0", up, at("172.17.0.1")}, {"br-1f2e", up, at("172.18.0.1")},
			{"eth0", up, at("192.168.7.9")}}, "192.168.7.9", "192.168.7.9", Private, ""},
		{"with a VPN that takes all", []netInterface{{"tun0", up | net.FlagPointToPoint, at("10.8.0.2")},
			{"wlp2s0", up, at("192.168.1.20")}}, "10.8.0.2", "192.168.1.20", Private, "A VPN is on"},
		{"a VPN and nothing else", []netInterface{{"utun4", up | net.FlagPointToPoint, at("10.8.0.2")}}, "10.8.0.2",
			"10.8.0.2", Tunnel, "through a VPN"},
		{"cable and wireless", []netInterface{{"wlan0", up, at("10.0.0.7")}, {"eth0", up, at("192.168.1.20")}},
			"192.168.1.20",
			"192.168.1.20", Private, "several networks"},
		{"no address from the network", []netInterface{{"Wi-Fi", up, at("169.254.7.7")}}, "", "169.254.7.7", Addressed,
			"given this computer an address"},
		{"on the open Internet", []netInterface{{"eth0", up, at("203.0.113.7")}}, "203.0.113.7", "203.0.113.7", Public,
			"public internet"},
		{"Windows with machines inside", []netInterface{{"vEthernet (WSL)", up, at("172.29.0.1")},
			{"Ethernet", up, at("10.1.2.3")}}, "10.1.2.3", "10.1.2.3", Private, ""},
		{"version 6 only", []netInterface{{"eth0", up, at("fe80::2", "fd12::7")}}, "", "fd12::7", Private, ""},
		{"shared by a carrier", []netInterface{{"wwan0", up, at("100.80.1.2")}}, "100.80.1.2", "100.80.1.2", Tunnel,
			"VPN"},
		{"down", []netInterface{{"eth0", net.FlagBroadcast, at("10.1.2.3")}}, "", "", 0, "isn't on a network"},
	} {
		var main netip.Addr
		if c.main != "" {
			main = netip.MustParseAddr(c.main)
		}
		ways := rank(c.list, main)
		said := strings.Join(Warnings(ways), " ")
		if c.want == "" != (len(ways) == 0) || len(ways) > 0 &&
			(ways[0].Addr.String() != c.want || ways[0].Kind != c.kind) {
			t.Errorf("%s: %+v", c.name, ways)
		}
		if c.warns == "" && said != "" || !strings.Contains(said, c.warns) {
			t.Errorf("%s: warned of %q", c.name, said)
		}
	}
	if ways, err := Addresses(); err != nil || len(ways) > 0 && ways[0].Addr.IsLoopback() {
		t.Errorf("%v %v", ways, err)
	}
}
