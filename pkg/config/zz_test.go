package config
import ("testing";"os")
func TestZZ(t *testing.T){ for _,f:=range []string{"/tmp/a.yaml","/tmp/b.yaml","/tmp/c.yaml","/tmp/ex.yaml"} { b,_:=os.ReadFile(f); x,l:=Load(f,b); os.Stdout.WriteString("## "+f+"\n"); l.Print(os.Stdout); _=x }}
