;; A component that has the right name, but `describe` returns a number.
(component
  (core module $module (func (export "describe") (result i32) (i32.const 1)))
  (core instance $instance (instantiate $module))
  (func $describe (result u32) (canon lift (core func $instance "describe")))
  (instance $rule (export "describe" (func $describe)))
  (export "stele:rule/rule@1.1.0" (instance $rule)))
