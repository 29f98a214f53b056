// Checks notes, cosignatures and proofs with Go's own note and tlog packages, and signs notes for the other side to check.
//
//	go run main.go check < questions.json    prints "ok", or what does not hold
//	go run main.go sign                      prints keys and a cosigned checkpoint as JSON
package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type consistency struct {
	Old, New         int64
	OldRoot, NewRoot []byte
	Proof            [][]byte
}

type inclusion struct {
	Index, Size int64
	Leaf, Root  []byte
	Proof       [][]byte
}

type questions struct {
	LogKey, WitnessKey, Note string
	Signers                  int
	Consistency              []consistency
	Inclusion                []inclusion
}

// cosigner verifies a timestamped Ed25519 cosignature (https://c2sp.org/tlog-cosignature).
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }
func (c cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	return ed25519.Verify(c.key, message(binary.BigEndian.Uint64(sig), msg), sig[8:])
}

func message(time uint64, msg []byte) []byte {
	return append([]byte(fmt.Sprintf("cosignature/v1\ntime %d\n", time)), msg...)
}

func keyHash(name string, key []byte) uint32 {
	sum := sha256.Sum256(append([]byte(name+"\n\x04"), key...))
	return binary.BigEndian.Uint32(sum[:])
}

func newCosigner(vkey string) cosigner {
	parts := strings.SplitN(vkey, "+", 3)
	raw, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(raw) != 33 || raw[0] != 4 {
		fail("the witness's key is none: %s", vkey)
	}
	c := cosigner{parts[0], keyHash(parts[0], raw[1:]), raw[1:]}
	if fmt.Sprintf("%08x", c.hash) != parts[1] {
		fail("the witness's key has another hash: %s", vkey)
	}
	return c
}

func fail(format string, args ...interface{}) {
	fmt.Printf(format+"\n", args...)
	os.Exit(1)
}

func hashes(raw [][]byte) (out []tlog.Hash) {
	for _, item := range raw {
		out = append(out, hash(item))
	}
	return out
}

func hash(raw []byte) (h tlog.Hash) {
	if len(raw) != len(h) {
		fail("a hash of %d bytes", len(raw))
	}
	copy(h[:], raw)
	return h
}

func check() {
	var q questions
	if err := json.NewDecoder(os.Stdin).Decode(&q); err != nil {
		fail("%v", err)
	}
	verifier, err := note.NewVerifier(q.LogKey)
	if err != nil {
		fail("log key: %v", err)
	}
	opened, err := note.Open([]byte(q.Note), note.VerifierList(verifier, newCosigner(q.WitnessKey)))
	if err != nil {
		fail("note: %v", err)
	}
	if len(opened.Sigs) != q.Signers {
		fail("note: %d signatures", len(opened.Sigs))
	}
	for _, c := range q.Consistency {
		if err := tlog.CheckTree(tlog.TreeProof(hashes(c.Proof)), c.New, hash(c.NewRoot), c.Old, hash(c.OldRoot)); err != nil {
			fail("consistency %d to %d: %v", c.Old, c.New, err)
		}
	}
	for _, i := range q.Inclusion {
		if err := tlog.CheckRecord(tlog.RecordProof(hashes(i.Proof)), i.Size, hash(i.Root), i.Index, hash(i.Leaf)); err != nil {
			fail("inclusion of %d in %d: %v", i.Index, i.Size, err)
		}
	}
	fmt.Println("ok")
}

func sign() {
	skey, vkey, err := note.GenerateKey(rand.Reader, "go.example/log")
	if err != nil {
		fail("%v", err)
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		fail("%v", err)
	}
	text := "go.example/log\n7\n" + base64.StdEncoding.EncodeToString(make([]byte, 32)) + "\n"
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		fail("%v", err)
	}
	public, private, _ := ed25519.GenerateKey(rand.Reader)
	name, time := "go.example/witness", uint64(1700000000)
	line := make([]byte, 12)
	binary.BigEndian.PutUint32(line, keyHash(name, public))
	binary.BigEndian.PutUint64(line[4:], time)
	line = append(line, ed25519.Sign(private, message(time, []byte(text)))...)
	witness := fmt.Sprintf("%s+%08x+%s", name, keyHash(name, public), base64.StdEncoding.EncodeToString(append([]byte{4}, public...)))
	json.NewEncoder(os.Stdout).Encode(map[string]string{
		"logKey":     vkey,
		"witnessKey": witness,
		"note":       string(signed) + "— " + name + " " + base64.StdEncoding.EncodeToString(line) + "\n",
	})
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == "sign" {
		sign()
	} else {
		check()
	}
}
