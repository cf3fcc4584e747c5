//go:build !js

package progress

import "crypto/sha256"

func sumOf(data []byte) [32]byte { return sha256.Sum256(data) }
