package doctor

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// system is the computer in which a firewall is looked for; tests replace it.
type system struct {
	os  string
	run func(name string, args ...string) string // The output of a command; "" if it doesn't exist.
	src func(path string) string                 // The content of a file; "" if it can't be read.
}

// here returns this computer. A command that doesn't end within three seconds is killed.
func here(ctx context.Context) system {
	return system{runtime.GOOS,
		func(name string, args ...string) string {
			ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
			defer cancel()
			// Only the output matters, not the exit status.
			out, _ := exec.CommandContext(ctx, name, args...).CombinedOutput()
			return string(out)
		},
		func(path string) string {
			src, _ := os.ReadFile(path) // A file that can't be read counts as empty.
			return string(src)
		}}
}

// Firewall looks for a firewall on this computer that could block the ports. It changes nothing.
// A firewall elsewhere in the network can't be seen from here; [Reach] finds it with a student's
// device.
func Firewall(ctx context.Context, ports ...int) []Finding { return firewall(here(ctx), ports) }

func firewall(s system, ports []int) []Finding {
	var all []Finding
	found := func(name, do string) {
		all = append(all, Finding{"firewall", Note, "A firewall is on: " + name + ".", do})
	}
	each := func(format string) string {
		var parts []string
		for _, p := range ports {
			parts = append(parts, fmt.Sprintf(format, p))
		}
		return strings.Join(parts, " && ")
	}
	switch s.os {
	case "linux":
		if strings.Contains(s.src("/etc/ufw/ufw.conf"), "ENABLED=yes") {
			found("ufw", "If the class can't join: "+each("sudo ufw allow %d/tcp")+
				"; afterwards the same with delete allow.")
		}
		if strings.HasPrefix(s.run("firewall-cmd", "--state"), "running") {
			found("firewalld", "If the class can't join: "+each("sudo firewall-cmd --add-port=%d/tcp")+
				"; it lasts until the next restart.")
		}
		if rules := s.run("nft", "list", "ruleset"); strings.Contains(rules, "hook input") &&
			strings.Contains(rules, "policy drop") {
			found("nftables",
				"Its rules drop anything they don't list. Let TCP "+each("%d")+" in while the class runs.")
		}
	case "windows":
		const path = `HKLM\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\`
		for _, profile := range []string{"StandardProfile", "PublicProfile", "DomainProfile"} {
			if strings.Contains(s.run("reg", "query", path+profile, "/v", "EnableFirewall"), "0x1") {
				found("Windows Firewall", "It asks once, when the class begins: allow it for private and, at school, "+
					"for domain networks. If someone said no, IT or an administrator can change that.")
				break
			}
		}
	case "darwin":
		const tool = "/usr/libexec/ApplicationFirewall/socketfilterfw"
		if strings.Contains(s.run(tool, "--getblockall"), "enabled") {
			found("the macOS firewall, which blocks all incoming connections",
				"In System Settings, Network, Firewall, Options, switch off blocking all incoming connections.")
		} else if strings.Contains(s.run(tool, "--getglobalstate"), "enabled") {
			found("the macOS firewall", "It asks when the class begins: allow it.")
		}
	}
	if all == nil {
		return []Finding{{Check: "firewall", Says: "No firewall was found on this computer."}}
	}
	return all
}
