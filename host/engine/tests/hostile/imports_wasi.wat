;; A component that wants the environment of the host. It exports the rule interface by name, so
;; that nothing but its import is wrong when imports are looked at.
(component
  (import "wasi:cli/environment@0.2.0" (instance
    (export "get-arguments" (func (result (list string))))))
  (instance $rule)
  (export "stele:rule/rule@1.1.0" (instance $rule)))
