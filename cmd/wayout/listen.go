package main

import (
	"errors"
	"fmt"

	"github.com/spf13/pflag"
)

// The ports that a class opens by default.
const (
	pagePort = 8080
	sshPort  = 2222
)

// serverFlags are the flags of every command that serves a class.
type serverFlags struct {
	port, ssh         int
	noSSH             bool
	awayTo, cert, key string
}

func (t *serverFlags) add(f *pflag.FlagSet) {
	f.IntVar(&t.port, "port", pagePort, "the port for browsers; 0 takes any")
	f.IntVar(&t.ssh, "ssh-port", sshPort, "the port for terminals; 0 takes any")
	f.BoolVar(&t.noSSH, "no-ssh", false, "browsers only")
	f.StringVar(&t.awayTo, "leave-to", "", "where \"leave now\" goes in a browser; otherwise to an empty page")
	f.StringVar(&t.cert, "tls-cert", "", "a certificate that your school's devices trust")
	f.StringVar(&t.key, "tls-key", "", "its key")
}

// check checks the flags, and that other users can't read the key's file.
func (t *serverFlags) check() error {
	if (t.cert == "") != (t.key == "") {
		return wrongUse("give both --tls-cert and --tls-key", errors.New("a certificate and its key go together"))
	}
	if err := checkPorts(0, t.port, t.ssh); err != nil {
		return err
	}
	return held(t.key, ownerOrGroup)
}

// sshPort returns the port for terminals, as package serve takes it: -1 for none.
func (t *serverFlags) sshPort() int {
	if t.noSSH {
		return -1
	}
	return t.ssh
}

// checkPorts refuses impossible ports for browsers and terminals. Least is the lowest for browsers.
func checkPorts(least, pages, ssh int) error {
	if pages < least || pages > 65535 || ssh < 0 || ssh > 65535 {
		return wrongUse("a port is a number from 1 to 65535", fmt.Errorf("can't use ports %d and %d", pages, ssh))
	}
	return nil
}
