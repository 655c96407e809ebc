module ccval

go 1.20

require github.com/coreos/coreos-cloudinit v1.14.0

require (
	github.com/coreos/yaml v0.0.0-20141224210557-6b16a5714269 // indirect
	gopkg.in/check.v1 v1.0.0-20201130134442-10cb98267c6c // indirect
)
