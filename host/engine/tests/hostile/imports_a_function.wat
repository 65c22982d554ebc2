;; A component that wants a function of the host, and exports the rule interface by name.
(component
  (import "log" (func (param "line" string)))
  (instance $rule)
  (export "stele:rule/rule@1.1.0" (instance $rule)))
