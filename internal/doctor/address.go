package doctor

import (
	"cmp"
	"net"
	"net/netip"
	"slices"
	"strings"
)

// Address is an address by which others could reach this computer.
type Address struct {
	Interface string // Such as "eth0".
	Addr      netip.Addr
	Kind      Kind
	Main      bool // The system would use it to reach others.
}

// Kind says what an address can be used for. The best kind comes first.
type Kind uint8

// The kinds of addresses, by the ranges of RFC 1918, 3927, 4193 and 6598.
const (
	Private   Kind = iota // In the network of a school or a home, such as 192.168.1.20.
	Public                // On the Internet: people outside the class could reach it.
	Virtual               // For containers or virtual machines on this computer.
	Tunnel                // Of a VPN, or of a link to a single device.
	Addressed             // A link-local address, which a computer gives itself if the network gives none.
)

// Names of interfaces that don't lead to a classroom: prefixes of names, and parts of names.
var (
	inside = []string{"docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "lxc", "lxd", "cni", "podman", "ifb",
		"dummy", "bridge", "vethernet"}
	insideHolds  = []string{"wsl", "hyper-v", "virtualbox", "vmware"}
	through      = []string{"tun", "tap", "wg", "utun", "ppp", "ipsec", "zt", "tailscale", "nordlynx", "gpd", "cscotun"}
	throughHolds = []string{"vpn", "wireguard"}
)

// named reports whether a name begins with or contains one of these.
func named(name string, begins, holds []string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(begins, func(s string) bool { return strings.HasPrefix(name, s) }) ||
		slices.ContainsFunc(holds, func(s string) bool { return strings.Contains(name, s) })
}

// sharedRange reports whether an address is in the range that VPNs and mobile networks share
// (RFC 6598, 100.64.0.0/10).
func sharedRange(a netip.Addr) bool {
	return a.Is4() && a.As4()[0] == 100 && a.As4()[1]&0xc0 == 64
}

// kind returns the kind of an address of an interface.
func kind(name string, flags net.Flags, a netip.Addr) Kind {
	switch {
	case a.IsLinkLocalUnicast():
		return Addressed
	case flags&net.FlagPointToPoint != 0, named(name, through, throughHolds), sharedRange(a):
		return Tunnel
	case named(name, inside, insideHolds):
		return Virtual
	case a.IsPrivate():
		return Private
	}
	return Public
}

// netInterface is an interface as the system reports it.
type netInterface struct {
	name  string
	flags net.Flags
	addrs []netip.Addr
}

// Addresses returns the addresses by which others could reach this computer, the best first.
// It sends nothing. The error is that of the system.
func Addresses() ([]Address, error) {
	all, err := net.Interfaces()
	if err != nil {
		return nil, err
	}
	var list []netInterface
	for _, i := range all {
		f := netInterface{name: i.Name, flags: i.Flags}
		addrs, err := i.Addrs()
		if err != nil {
			continue // The interface may just have gone.
		}
		for _, a := range addrs {
			if p, err := netip.ParsePrefix(a.String()); err == nil {
				f.addrs = append(f.addrs, p.Addr().Unmap())
			}
		}
		list = append(list, f)
	}
	return rank(list, preferred()), nil
}

// preferred returns the address that the system would use to reach others. Connecting a
// datagram socket sends nothing; the address that it is connected to is reserved for
// documentation (RFC 5737).
func preferred() netip.Addr {
	c, err := net.Dial("udp4", "203.0.113.1:9")
	if err != nil {
		return netip.Addr{}
	}
	defer c.Close()
	p, _ := netip.ParseAddrPort(c.LocalAddr().String()) // The address of a datagram socket always parses.
	return p.Addr()
}

// rank sorts the addresses in the order in which a class should try them. Addresses of IP
// version 6 come last, because they are hard to type from a screen.
func rank(list []netInterface, main netip.Addr) []Address {
	var ways []Address
	for _, f := range list {
		if f.flags&net.FlagUp == 0 || f.flags&net.FlagLoopback != 0 {
			continue
		}
		for _, a := range f.addrs {
			if a.IsLoopback() || a.Is6() && a.IsLinkLocalUnicast() || !a.IsGlobalUnicast() && !a.IsLinkLocalUnicast() {
				continue
			}
			ways = append(ways, Address{f.name, a, kind(f.name, f.flags, a), a == main})
		}
	}
	slices.SortStableFunc(ways, func(a, b Address) int {
		return cmp.Or(order(a.Addr.Is6(), b.Addr.Is6()), cmp.Compare(a.Kind, b.Kind), order(b.Main, a.Main))
	})
	return ways
}

func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// Warnings says what may be wrong with the best of these addresses.
func Warnings(ways []Address) []string {
	if len(ways) == 0 {
		return []string{"This computer isn't on a network, so nobody else can join. Connect to the class's network " +
			"first."}
	}
	var all []string
	switch best := ways[0]; best.Kind {
	case Public:
		all = append(all, "This address is on the public internet, so people outside the school may reach it. Ask IT "+
			"which network the classrooms use.")
	case Virtual:
		all = append(all, "This address only reaches programs on this computer. Connect to the class's network first.")
	case Tunnel:
		all = append(all, "This address goes through a VPN that the class isn't on. Switch the VPN off, or connect to "+
			"the class's network.")
	case Addressed:
		all = append(all, "The network hasn't given this computer an address. Check the cable or the Wi-Fi.")
	case Private:
		if best.Main {
			break
		}
		for _, w := range ways {
			if w.Main && w.Kind == Tunnel {
				all = append(all, "A VPN is on. If the class can't join, switch it off and start again.")
			}
		}
	}
	same := 0
	for _, w := range ways {
		if w.Kind == ways[0].Kind && w.Addr.Is4() {
			same++
		}
	}
	if same > 1 {
		all = append(all, "This computer is on several networks. If the class is on another one, give its address "+
			"with --address; wayout doctor lists them.")
	}
	return all
}
