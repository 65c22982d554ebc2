;; Not a component.
(module (func (export "evaluate")))
