"""Lists from outside the registry (人口、学籍、贫困、死亡 …), each kept as it was on its day, to be compared with."""
