//! The store's maps in the hands of a test: values can be changed underneath it, and it can refuse
//! to write.

use std::{
    collections::BTreeMap,
    ops::Bound,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use stele_runtime::{Runtime, StoreError};
use stele_store::{Backend, Door, Guard, Ledger, Pair, Purpose, Scan, SystemClock, Tree, Write};

use crate::support::{activate, furnish, settings};

type Map = BTreeMap<(Tree, Vec<u8>), Vec<u8>>;

#[derive(Clone, Default)]
pub(crate) struct Maps {
    map: Arc<Mutex<Map>>,
    refuses: Arc<AtomicBool>,
}

impl Maps {
    /// A runtime on these maps, with 1.0.0 in force from 2020 on.
    pub(crate) async fn runtime() -> (Arc<Runtime>, Maps) {
        let maps = Maps::default();
        let store = Ledger::start(maps.clone(), Arc::new(SystemClock)).unwrap();
        let runtime =
            Runtime::with_store(Arc::new(Door::new(store).unwrap()), settings()).await.unwrap();
        furnish(&runtime).await;
        activate(&runtime, "1.0.0", jiff::civil::date(2020, 1, 1)).await;
        (runtime, maps)
    }

    pub(crate) fn refuse(&self) {
        self.refuses.store(true, Ordering::SeqCst);
    }

    pub(crate) fn all(&self, tree: Tree) -> Vec<Pair> {
        let map = self.map.lock().unwrap();
        let own = map.iter().filter(|((own, _), _)| *own == tree);
        own.map(|((_, key), value)| (key.clone(), value.clone())).collect()
    }

    pub(crate) fn put(&self, tree: Tree, key: &[u8], value: Vec<u8>) {
        self.map.lock().unwrap().insert((tree, key.to_vec()), value);
    }
}

impl Backend for Maps {
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.map.lock().unwrap().get(&(tree, key.to_vec())).cloned())
    }

    fn scan(&self, tree: Tree, from: Bound<Vec<u8>>, to: Bound<Vec<u8>>) -> Scan<'_> {
        let inside = |key: &Vec<u8>| {
            (match &from {
                Bound::Included(from) => key >= from,
                Bound::Excluded(from) => key > from,
                Bound::Unbounded => true,
            }) && (match &to {
                Bound::Included(to) => key <= to,
                Bound::Excluded(to) => key < to,
                Bound::Unbounded => true,
            })
        };
        let found: Vec<Pair> = self.all(tree).into_iter().filter(|(key, _)| inside(key)).collect();
        Box::new(found.into_iter().map(Ok))
    }

    fn write(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        self.write_if(Vec::new(), writes).map(drop)
    }

    fn write_if(&self, guards: Vec<Guard>, writes: Vec<Write>) -> Result<bool, StoreError> {
        let mut map = self.map.lock().unwrap();
        if guards
            .into_iter()
            .any(|Guard { tree, key, value }| map.get(&(tree, key)) != value.as_ref())
        {
            return Ok(false);
        }
        for Write { tree, key, value } in writes {
            match value {
                Some(value) => map.insert((tree, key), value),
                None => map.remove(&(tree, key)),
            };
        }
        Ok(true)
    }

    fn flush(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn acknowledged(&self, _horizon: jiff::Timestamp) {}

    fn room(&self, _bytes: u64, _purpose: Purpose) -> Result<(), StoreError> {
        match self.refuses.load(Ordering::SeqCst) {
            true => Err(StoreError::Io { action: "writing", detail: "no room".to_owned() }),
            false => Ok(()),
        }
    }
}
