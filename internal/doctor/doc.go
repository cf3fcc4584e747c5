// Package doctor looks for what could keep students out of a class: which address of this
// computer others can reach, whether its ports are free, what a firewall, a proxy or a
// wireless network that isolates its devices would do, and whether the terminal can show a
// desk. It leaves nothing open and sends nothing to anyone, and for each finding it says
// what to do.
package doctor
