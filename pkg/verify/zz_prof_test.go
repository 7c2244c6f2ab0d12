package verify
import ("testing";"os";"time";"eks-auto-gitops/pkg/schema")
func TestProf(t *testing.T){ d:=os.Getenv("D"); if d==""{t.Skip()}
 s,_:=schema.Embedded(); a:=time.Now(); tr,err:=Load(os.DirFS(d),s); if err!=nil{t.Fatal(err)}; b:=time.Now()
 for _,c:=range Checks(){x:=time.Now(); c.Run(tr); t.Log(c.Name,time.Since(x))}
 t.Log("load",b.Sub(a),"checks",time.Since(b)) }
