package output

import (
	"errors"
	"fmt"
	"os"
	"path"
)

// replace writes the planned content of the file dir/name, where d is the directory dir.
// The file has its old content, or none, until the temporary file is complete.
//
// There is no fsync: it would take many times as long as all the rest, and what it adds is about
// power cuts only. Some file systems leave an empty file then, which has no marker and is reported.
func (p *Plan) replace(d *os.Root, dir, name string) error {
	file, temp := path.Join(dir, name), tempName(name)
	content, _ := p.tree.Get(file)
	if err := p.writeTemp(d, dir, temp, content); err != nil {
		return fmt.Errorf("%s: %w", dir, err)
	}
	err := p.before(opRename, file)
	if err == nil {
		err = d.Rename(temp, name)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", dir, errors.Join(err, d.Remove(temp)))
	}
	return nil
}

// writeTemp makes the temporary file, and deletes it again if it cannot be completed. It fails if
// there is one: NewPlan has found all of them, so this one is of somebody who took no Lock.
func (p *Plan) writeTemp(d *os.Root, dir, temp string, content []byte) error {
	at := path.Join(dir, temp)
	if err := p.before(opCreate, at); err != nil {
		return err
	}
	f, err := d.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	err = p.before(opWrite, at)
	if err == nil {
		_, err = f.Write(content)
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, d.Remove(temp))
	}
	return nil
}
